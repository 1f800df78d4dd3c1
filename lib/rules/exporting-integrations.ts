// Which of the integrations that may export a table are made with which API.
import type { IntegrationApi } from "../facts/compatibility";
import type { Issue } from "../issues";
import { error } from "../issues";

/** The ARNs of integrations that are made with an API; a text that is no ARN yet may become one of any. */
export function integrationsOf(api: IntegrationApi, arns: readonly string[]): string[] {
  return arns.filter((arn) => {
    const [scheme, , service] = arn.split(":");
    return scheme !== "arn" || service === api;
  });
}

/** Refuses a list of the only integrations that may export a table, where the one at hand cannot be among them. */
export function exportingIntegrationRules(api: IntegrationApi, arns: readonly string[] | undefined): Issue[] {
  // An empty list is a fault of its own.
  if (arns === undefined || arns.length === 0 || integrationsOf(api, arns).length > 0) return [];
  return [
    error(
      "no-exporting-integration",
      ["integrationArns"],
      `integrationArns names no integration of the ${api === "glue" ? "Glue" : "Redshift"} API, which makes integrations into this target`,
      {
        got: arns.join(", "),
        expected: `arn:aws:${api}:us-east-1:111122223333:integration:id`,
        remedy: "remove integrationArns until the integration exists, then name it as well",
      },
    ),
  ];
}
