// A database that Lake Formation guards: policies alone do not open it (user guide, "Limitations").
import { allows } from "../../support/policy-evaluator";
import { arnOf } from "../account";
import type { LakeFormationGrant } from "../account";
import { nameIn } from "../arns";
import type { IntegrationError } from "../state";
import { type Side, problem } from "./rule";

const DENIED =
  "Authorization failed because the target role does not have access to the target database due to Lake Formation permissions";

/** What users of Salesforce read instead (user guide, "Additional Salesforce configuration"). */
const DENIED_SALESFORCE = "Insufficient lake formation permissions on Target Glue database.";

const DATABASE_PERMISSIONS = ["ALTER", "CREATE_TABLE", "DROP"];

export async function lakeFormationProblems(
  { arn, account, state, integration }: Side,
  location: string | undefined,
): Promise<IntegrationError[]> {
  const roleArn = state.resourceProperties.get(arn.text)?.target?.RoleArn;
  const { guarded, grants } = await account.lakeFormation(arn);
  if (!guarded || roleArn === undefined || location === undefined) return [];
  const role = await account.role(arnOf(roleArn));
  const mayAsk = allows("identity", role?.policies ?? [], { action: "lakeformation:GetDataAccess" });
  const own = grants.filter(({ principal }) => principal === roleArn);
  const database = nameIn(arn, "glue", "database/") ?? "";
  if (mayAsk && hasDatabase(own, database) && hasTables(own, database) && hasLocation(own, location))
    return [];
  const source = await account.connection(arnOf(integration.sourceArn));
  return [problem("TARGET_ACCESS_DENIED", source?.type === "SALESFORCE" ? DENIED_SALESFORCE : DENIED)];
}

function hasDatabase(grants: readonly LakeFormationGrant[], name: string): boolean {
  const permissions = grants
    .filter(({ resource }) => resource.Database?.Name === name)
    .flatMap((grant) => grant.permissions);
  return permissions.includes("ALL") || DATABASE_PERMISSIONS.every((one) => permissions.includes(one));
}

function hasTables(grants: readonly LakeFormationGrant[], database: string): boolean {
  return grants.some(
    ({ resource, permissions }) =>
      resource.Table?.DatabaseName === database &&
      resource.Table.TableWildcard !== undefined &&
      permissions.includes("ALL"),
  );
}

/** A grant on a location holds for everything below it. */
function hasLocation(grants: readonly LakeFormationGrant[], location: string): boolean {
  const place = `${location.replace(/^s3:\/\//, "").replace(/\/$/, "")}/`;
  return grants.some(({ resource, permissions }) => {
    const granted = /^arn:[^:]+:s3:::(.+?)\/?$/.exec(resource.DataLocation?.ResourceArn ?? "")?.[1];
    return (
      granted !== undefined && place.startsWith(`${granted}/`) && permissions.includes("DATA_LOCATION_ACCESS")
    );
  });
}
