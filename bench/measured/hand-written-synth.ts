// Construct and synth of the hand-written side alone: modules are loaded before the clock starts.
import { App } from "cdktf";
import { HandWrittenStack } from "../hand-written/stack";
import { fleetOfArguments } from "./arguments";
import { reportDuration } from "./report-duration";

const stacks = fleetOfArguments();
reportDuration(() => {
  const app = new App();
  for (const stack of stacks) new HandWrittenStack(app, stack);
  app.synth();
});
