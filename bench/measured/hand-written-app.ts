// The app of the hand-written side.
import { App } from "cdktf";
import { HandWrittenStack } from "../hand-written/stack";
import { fleetOfArguments } from "./arguments";

const app = new App();
for (const stack of fleetOfArguments()) new HandWrittenStack(app, stack);
app.synth();
