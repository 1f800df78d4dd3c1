// Plans as `terraform show -json` writes them, as small as a test needs them.

/** A plan of which one DynamoDB table is all. */
export function planJson(before: object | null, after: object | null, actions: readonly string[]): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: "aws_dynamodb_table.orders",
        mode: "managed",
        type: "aws_dynamodb_table",
        name: "orders",
        provider_name: "registry.terraform.io/hashicorp/aws",
        change: {
          actions,
          before,
          after,
          after_unknown: {},
          before_sensitive: false,
          after_sensitive: {},
        },
      },
    ],
    configuration: { root_module: {} },
  });
}

/** A plan without changes. */
export const QUIET = JSON.stringify({
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: { root_module: {} },
  resource_changes: [],
  configuration: { root_module: {} },
});
