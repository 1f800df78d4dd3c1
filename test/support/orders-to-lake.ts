// The integration that most tests are about: the table `orders` into the database `sales_lake`.
import type {
  DynamoDbTableNameProps,
  GlueDatabaseTargetProps,
  ZeroEtlIntegrationProps,
  ZeroEtlStackProps,
} from "../../modules";
import { DynamoDbSource, GlueDatabaseTarget, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import type { StackJson } from "./synth";
import { PROD, synthStack } from "./synth";

export const LAKE = { database: "sales_lake", location: "s3://acme-lake/sales" } as const;

/** What differs from the plainest integration. */
export interface Parts {
  readonly source?: Partial<DynamoDbTableNameProps>;
  readonly target?: Partial<GlueDatabaseTargetProps>;
  readonly integration?: Partial<ZeroEtlIntegrationProps>;
}

/** Adds the integration to a stack. */
export function integrate(stack: ZeroEtlStack, { source, target, integration }: Parts = {}): void {
  new ZeroEtlIntegration(stack.integrations, "orders-to-lake", {
    source: DynamoDbSource.fromTableName(stack.sources, "orders", { table: "orders", ...source }),
    target: new GlueDatabaseTarget(stack.targets, "lake", { ...LAKE, ...target }),
    ...integration,
  });
}

/** A stack `orders` with nothing but the integration. */
export function ordersToLake(parts: Parts = {}, place: ZeroEtlStackProps = PROD): StackJson {
  return synthStack((app) => integrate(new ZeroEtlStack(app, "orders", place), parts));
}
