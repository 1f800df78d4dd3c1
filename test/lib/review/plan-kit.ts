// Small plans as Terraform writes them, for tests of the review.
import { planOf } from "../../../lib/review/plan/read";
import type { PlanView } from "../../../lib/review/plan-view";
import type { ViewOptions } from "../../../lib/review/view";
import { viewOf } from "../../../lib/review/view";
import type { Json } from "../../../lib/json";

export type Attributes = Record<string, unknown>;

export interface ChangeOptions {
  readonly actions?: readonly string[];
  readonly before?: Attributes | null;
  readonly after?: Attributes | null;
  readonly unknown?: unknown;
  readonly beforeSensitive?: unknown;
  readonly afterSensitive?: unknown;
  readonly replacePaths?: readonly unknown[];
  readonly further?: Attributes;
  readonly importing?: Attributes;
}

/** An entry of `resource_changes`; the actions follow from which sides there are. */
export function change(address: string, options: ChangeOptions = {}): Attributes {
  const { before = null, after = null, unknown = {}, importing } = options;
  const { beforeSensitive = {}, afterSensitive = {}, replacePaths, further = {} } = options;
  const [mode, type] = address.startsWith("data.")
    ? ["data", address.split(".")[1]]
    : ["managed", address.split(".").at(-2)];
  const actions =
    options.actions ?? (before === null ? ["create"] : after === null ? ["delete"] : ["update"]);
  return {
    address,
    mode,
    type,
    name: address.split(".").at(-1),
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions,
      before,
      after,
      after_unknown: unknown,
      before_sensitive: beforeSensitive,
      after_sensitive: afterSensitive,
      ...(replacePaths && { replace_paths: replacePaths }),
      ...(importing && { importing }),
    },
    ...further,
  };
}

/** A whole plan. */
export function plan(changes: readonly Attributes[], further: Attributes = {}): Attributes {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {},
    resource_changes: changes,
    configuration: {},
    applyable: true,
    complete: true,
    errored: false,
    ...further,
  };
}

/** The view of a plan that must be readable. */
export function view(
  changes: readonly Attributes[],
  further: Attributes = {},
  options?: ViewOptions,
): PlanView {
  return stackView("orders", changes, further, options);
}

export function stackView(
  stack: string,
  changes: readonly Attributes[],
  further: Attributes = {},
  options?: ViewOptions,
): PlanView {
  const read = planOf(plan(changes, further) as Json);
  if (read.issue) throw new Error(read.issue.message);
  const decoded = viewOf(stack, read.value, options);
  if (decoded.issue) throw new Error(decoded.issue.message);
  return decoded.value;
}

export const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
export const DATABASE = "arn:aws:glue:us-east-1:111122223333:database/lake";
export const INTEGRATION_ARN = "arn:aws:glue:us-east-1:111122223333:integration:6f1c";

/** The desired state of an integration. */
export function integrationState(further: Attributes = {}): Attributes {
  return { IntegrationName: "orders-to-lake", SourceArn: TABLE, TargetArn: DATABASE, ...further };
}

/** The attributes of a resource under Cloud Control. */
export function cloudControl(typeName: string, desiredState: unknown, further: Attributes = {}): Attributes {
  return { type_name: typeName, desired_state: JSON.stringify(desiredState), schema: "{}", ...further };
}

export const integration = (further: Attributes = {}, attributes: Attributes = {}): Attributes =>
  cloudControl("AWS::Glue::Integration", integrationState(further), attributes);

/** A resource of the configuration. */
export function configured(
  address: string,
  expressions: Attributes = {},
  dependsOn: readonly string[] = [],
): Attributes {
  return { address, mode: "managed", expressions, depends_on: dependsOn };
}

export const configuration = (resources: readonly Attributes[]): Attributes => ({
  configuration: { root_module: { resources } },
});
