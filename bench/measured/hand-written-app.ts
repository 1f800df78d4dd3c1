// The app of the hand-written side; its command line takes the number of integrations.
import { App } from "cdktf";
import { fleet } from "../fleet";
import { HandWrittenStack } from "../hand-written";

const app = new App();
new HandWrittenStack(app, fleet(Number(process.argv[2])));
app.synth();
