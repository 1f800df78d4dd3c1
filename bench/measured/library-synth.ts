// Construct and synth of the library alone: modules are loaded and the declaration is parsed before the clock starts.
import { App } from "cdktf";
import { loadDeclaration } from "../../lib/spec";
import { fromSpec } from "../../modules";
import { withoutTokenTraces } from "../../modules/token-traces";
import { reportDuration } from "./report-duration";

const { declaration } = loadDeclaration(process.env, process.cwd());
if (declaration === undefined) throw new Error("the bench wrote a declaration that the library refuses");
reportDuration(() =>
  withoutTokenTraces(() => {
    const app = new App();
    fromSpec(app, declaration);
    app.synth();
  }),
);
