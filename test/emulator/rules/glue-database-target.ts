// A Glue database on S3 as target. The user guide: a location, a catalog policy, a role that can write, and the resource
// property that ties the role to the database.
import type { PolicyRequest } from "../../support/policy-evaluator";
import { type Arn, catalogArn, nameIn } from "../arns";
import type { Caller } from "../operation";
import type { IntegrationError } from "../state";
import { AwsError } from "../wire";
import { authorizationProblems, refuseForeignCaller } from "./inbound";
import { lakeFormationProblems } from "./lake-formation";
import { PUT_METRICS, on, writeLogs } from "./roles";
import { type Rule, type Side, problem } from "./rule";
import { targetPropertyProblems } from "./target-property";

export const GLUE_DATABASE_TARGET: Rule = {
  async refuse(side: Side, caller: Caller) {
    const { arn, account } = side;
    const name = nameIn(arn, "glue", "database/") ?? "";
    if (!/^[a-z0-9_]+$/.test(name)) {
      return new AwsError("ValidationException", `Database name ${name} contains invalid characters.`);
    }
    if ((await account.database(arn)) === undefined) {
      return new AwsError("EntityNotFoundException", `Database ${name} not found.`);
    }
    return refuseForeignCaller(side, caller, [catalogArn(arn), arn.text]);
  },

  async problems(side: Side) {
    const { arn, account } = side;
    const database = await account.database(arn);
    if (database === undefined)
      return [problem("TARGET_NOT_FOUND", `Target database ${arn.text} does not exist.`)];
    const location = database.locationUri;
    const problems: IntegrationError[] = await authorizationProblems(side, [catalogArn(arn), arn.text]);
    if (location === undefined) {
      problems.push(problem("TARGET_LOCATION_MISSING", `Target database ${arn.text} has no location.`));
    }
    return [
      ...problems,
      ...(await targetPropertyProblems(side, roleRequests(arn, location))),
      ...(await lakeFormationProblems(side, location)),
    ];
  },
};

/** Everything that the user guide gives the target role, as the requests that it will make. */
function roleRequests(database: Arn, location: string | undefined): PolicyRequest[] {
  const name = nameIn(database, "glue", "database/") ?? "";
  const catalog = catalogArn(database);
  const table = `${catalog.slice(0, -"catalog".length)}table/${name}/orders`;
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
    PUT_METRICS,
    ...writeLogs(database),
  ];
}
