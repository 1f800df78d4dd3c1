// The app: one declaration file in, stacks out.
import { App } from "cdktf";
import { ZeroEtlError } from "./lib/issues";
import { formatLocatedIssues, loadDeclaration } from "./lib/spec";
import { fromSpec } from "./modules/from-spec";
import { withoutTokenTraces } from "./modules/token-traces";

const { declaration, issues } = loadDeclaration(process.env, process.cwd());
if (issues.length > 0) console.error(formatLocatedIssues(issues));
if (declaration === undefined) {
  process.exitCode = 1;
} else {
  try {
    withoutTokenTraces(() => {
      const app = new App();
      fromSpec(app, declaration, { providerVersion: process.env["ZERO_ETL_PROVIDER_VERSION"] });
      app.synth();
    });
  } catch (error) {
    if (!(error instanceof ZeroEtlError)) throw error;
    // Without the trace, which leads to this library and never to a line that the user wrote.
    console.error(error.message);
    process.exitCode = 1;
  }
}
