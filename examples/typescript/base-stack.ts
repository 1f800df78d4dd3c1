// Several stacks of one account and region: the catalog policy exists once, and a base stack writes what all of them need of it. By
// default each stack could as well merge its own statements; with `catalogPolicy: "own"`, one stack has to write for all.
import { App } from "cdktf";
import {
  CatalogPolicy,
  DynamoDbSource,
  GlueDatabaseTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";

const prod = { environment: "prod", region: "us-east-1", account: "111122223333" };

const app = new App();
const base = new ZeroEtlStack(app, "base", prod);
const catalogPolicy = CatalogPolicy.of(base.environment);

for (const table of ["orders", "customers"]) {
  const stack = new ZeroEtlStack(app, table, prod);
  new ZeroEtlIntegration(stack.integrations, `${table}-to-lake`, {
    source: DynamoDbSource.fromTableName(stack.sources, table, { table }),
    target: new GlueDatabaseTarget(stack.targets, "lake", {
      database: `${table}_lake`,
      location: `s3://acme-lake/${table}/`,
    }),
    catalogPolicy,
  });
}

app.synth();
