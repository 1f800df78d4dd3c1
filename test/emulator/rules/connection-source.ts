// A Glue connection to a third-party application as source. The user guide: a role that can read it, and the resource
// property that ties the role to the connection.
import { catalogArn, nameIn } from "../arns";
import { AwsError } from "../wire";
import { on, roleProblems, writeLogs } from "./roles";
import { type Rule, type Side, problem } from "./rule";

/** Connection types that the user guide lists as sources. */
export const CONNECTION_TYPES = [
  "FACEBOOKADS",
  "INSTAGRAMADS",
  "SALESFORCE",
  "SALESFORCEPARDOT",
  "SAPODATA",
  "SERVICENOW",
  "ZENDESK",
  "ZOHOCRM",
];

export const CONNECTION_SOURCE: Rule = {
  async refuse({ arn, account }: Side) {
    const connection = await account.connection(arn);
    if (connection === undefined) {
      const name = nameIn(arn, "glue", "connection/") ?? "";
      return new AwsError("EntityNotFoundException", `Connection ${name} not found.`);
    }
    if (!CONNECTION_TYPES.includes(connection.type)) {
      return new AwsError(
        "ValidationException",
        `Connection type ${connection.type} is not supported as a source: ${arn.text}`,
      );
    }
    return undefined;
  },

  async problems({ arn, account, state }: Side) {
    if ((await account.connection(arn)) === undefined) {
      return [problem("SOURCE_NOT_FOUND", `Source connection ${arn.text} does not exist.`)];
    }
    const roleArn = state.resourceProperties.get(arn.text)?.source?.RoleArn;
    if (roleArn === undefined) {
      // The code that users report for a missing resource property.
      return [
        problem("UNRECOVERABLE_ACCESS_DENIED", `No source processing properties exist for ${arn.text}.`),
      ];
    }
    return roleProblems("SOURCE", account, roleArn, [
      ...on([catalogArn(arn), arn.text], "glue:GetConnections", "glue:GetConnection"),
      ...on(["*"], "glue:ListEntities", "glue:RefreshOAuth2Tokens"),
      ...writeLogs(arn),
    ]);
  },
};
