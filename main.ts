// The app: one declaration file in, stacks out.
import { App } from "cdktf";
import { formatLocatedIssues, loadDeclaration } from "./lib/spec";
import { fromSpec } from "./modules/from-spec";
import { withoutTokenTraces } from "./modules/token-traces";

const { declaration, issues } = loadDeclaration(process.env, process.cwd());
if (issues.length > 0) console.error(formatLocatedIssues(issues));
if (declaration === undefined) {
  process.exitCode = 1;
} else {
  withoutTokenTraces(() => {
    const app = new App();
    fromSpec(app, declaration, { providerVersion: process.env["ZERO_ETL_PROVIDER_VERSION"] });
    app.synth();
  });
}
