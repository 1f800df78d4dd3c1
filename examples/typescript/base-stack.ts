// Several stacks of one account and region: the catalog policy exists once, so a base stack owns it and the others ask it.
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
