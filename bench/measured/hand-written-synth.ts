// Construct and synth of the hand-written side alone: modules are loaded before the clock starts.
import { App } from "cdktf";
import { fleet } from "../fleet";
import { HandWrittenStack } from "../hand-written";
import { reportDuration } from "./report-duration";

const tables = fleet(Number(process.argv[2]));
reportDuration(() => {
  const app = new App();
  new HandWrittenStack(app, tables);
  app.synth();
});
