// A Glue database on S3 as target. The user guide: a location, a catalog policy, a role that can write, and the resource
// property that ties the role to the database.
import { type PolicyRequest, allows } from "../../support/policy-evaluator";
import { type RoleFacts, arnOf } from "../account";
import { type Arn, catalogArn, nameIn } from "../arns";
import type { IntegrationError } from "../state";
import { AwsError } from "../wire";
import { type Rule, type Side, problem } from "./rule";

export const GLUE_DATABASE_TARGET: Rule = {
  async refuse(side: Side) {
    const { arn, account, integration } = side;
    const name = nameIn(arn, "glue", "database/") ?? "";
    if (!/^[a-z0-9_]+$/.test(name)) {
      return new AwsError("ValidationException", `Database name ${name} contains invalid characters.`);
    }
    if ((await account.database(arn)) === undefined) {
      return new AwsError("EntityNotFoundException", `Database ${name} not found.`);
    }
    // Within one account the identity policy of the caller is enough, and the caller here is an administrator.
    if (arn.account !== integration.account && !(await mayCreateInbound(side))) {
      const caller = `arn:${arn.partition}:iam::${integration.account}:root`;
      return new AwsError(
        "AccessDeniedException",
        `User: ${caller} is not authorized to perform: glue:CreateInboundIntegration on resource: ${arn.text}`,
      );
    }
    return undefined;
  },

  async problems(side: Side) {
    const { arn, account, state, integration } = side;
    const database = await account.database(arn);
    if (database === undefined)
      return [problem("TARGET_NOT_FOUND", `Target database ${arn.text} does not exist.`)];
    const problems: IntegrationError[] = [];
    const documents = policiesOf(await account.catalogPolicy(arn));
    const authorized = [catalogArn(arn), arn.text].every((resource) =>
      allows("resource", documents, {
        principal: { Service: "glue.amazonaws.com" },
        action: "glue:AuthorizeInboundIntegration",
        resource,
        context: { "aws:SourceArn": integration.sourceArn },
      }),
    );
    if (!authorized) {
      problems.push(
        problem(
          "TARGET_AUTHORIZATION_FAILED",
          `The catalog policy does not allow glue.amazonaws.com glue:AuthorizeInboundIntegration on ${arn.text} for ${integration.sourceArn}.`,
        ),
      );
    }
    const location = database.locationUri;
    if (location === undefined) {
      problems.push(problem("TARGET_LOCATION_MISSING", `Target database ${arn.text} has no location.`));
    }
    const roleArn = state.resourceProperties.get(arn.text)?.target?.RoleArn;
    if (roleArn === undefined) {
      // The code that users report for a missing resource property.
      problems.push(
        problem("UNRECOVERABLE_ACCESS_DENIED", `No target processing properties exist for ${arn.text}.`),
      );
    } else {
      problems.push(...roleProblems(arn, location, roleArn, await account.role(arnOf(roleArn))));
    }
    return problems;
  },
};

async function mayCreateInbound({ arn, account, integration }: Side): Promise<boolean> {
  const documents = policiesOf(await account.catalogPolicy(arn));
  return [catalogArn(arn), arn.text].every((resource) =>
    allows("resource", documents, {
      principal: { AWS: `arn:${arn.partition}:iam::${integration.account}:root` },
      action: "glue:CreateInboundIntegration",
      resource,
      context: { "aws:SourceArn": integration.sourceArn },
    }),
  );
}

function roleProblems(
  database: Arn,
  location: string | undefined,
  roleArn: string,
  role: RoleFacts | undefined,
): IntegrationError[] {
  if (role === undefined) return [problem("TARGET_ROLE_NOT_FOUND", `Role ${roleArn} does not exist.`)];
  const assumable = allows("trust", [role.trust], {
    principal: { Service: "glue.amazonaws.com" },
    action: "sts:AssumeRole",
  });
  if (!assumable) {
    return [problem("TARGET_ROLE_NOT_ASSUMABLE", `Role ${roleArn} cannot be assumed by glue.amazonaws.com.`)];
  }
  const denied = roleRequests(database, location)
    .filter((request) => !allows("identity", role.policies, request))
    .map(({ action, resource }) => `${action} on ${resource ?? "*"}`);
  return denied.length === 0
    ? []
    : [
        problem(
          "TARGET_ACCESS_DENIED",
          `Role ${roleArn} lacks permissions: ${denied.join(", ")}.`.slice(0, 2048),
        ),
      ];
}

/** Everything that the user guide gives the target role, as the requests that it will make. */
export function roleRequests(database: Arn, location: string | undefined): PolicyRequest[] {
  const name = nameIn(database, "glue", "database/") ?? "";
  const catalog = catalogArn(database);
  const table = `${catalog.slice(0, -"catalog".length)}table/${name}/orders`;
  const on = (resources: readonly string[], ...actions: readonly string[]): PolicyRequest[] =>
    actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(location ?? "") ?? [];
  const s3 = `arn:${database.partition}:s3:::${bucket}`;
  const key = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  return [
    ...(location === undefined
      ? []
      : [
          { action: "s3:ListBucket", resource: s3, context: { "s3:prefix": key } },
          ...on([`${s3}/${key}orders/data/0.parquet`], "s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
        ]),
    ...on([catalog, database.text], "glue:GetDatabase"),
    ...on(
      [catalog, database.text, table],
      "glue:CreateTable",
      "glue:GetTable",
      "glue:GetTables",
      "glue:DeleteTable",
      "glue:UpdateTable",
      "glue:GetTableVersion",
      "glue:GetTableVersions",
      "glue:GetResourcePolicy",
    ),
    { action: "cloudwatch:PutMetricData", context: { "cloudwatch:namespace": "AWS/Glue/ZeroETL" } },
    ...["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({
      action,
      resource: `arn:${database.partition}:logs:${database.region}:${database.account}:log-group:/aws-glue/zeroETL-integrations/logs/:log-stream:x`,
    })),
  ];
}

function policiesOf<T>(document: T | undefined): T[] {
  return document === undefined ? [] : [document];
}
