// Databases that Lake Formation guards.
import type { Observation } from "../finding";
import type { Integration, PlanObject, PlanValue, PlanView, Resource } from "../plan-view";
import { isHidden, isPlanObject, known, textField } from "../plan-view";
import { parseS3Location } from "../../rules/s3-location";
import { rule } from "./declare";
import { having, staying, theIntegrations } from "./integrations";

/** The role that writes into a target, as the plans' resource properties name it. */
function roleOf(target: string, all: readonly PlanView[]): string | undefined {
  for (const { after } of all.flatMap(({ resourceProperties }) => resourceProperties)) {
    const role = after && known(after.resourceArn) === target ? known(after.targetRoleArn) : undefined;
    if (role !== undefined) return role;
  }
  return undefined;
}

/** Whether a plan grants a role anything in Lake Formation; a hidden principal may be the role. */
function isGranted(role: string, all: readonly PlanView[]): boolean {
  return all
    .flatMap((view) => [...view.ofType("aws_lakeformation_permissions")])
    .some(
      ({ after }) => after !== undefined && [role, undefined].includes(known(textField(after, "principal"))),
    );
}

interface Guarded {
  readonly resource: Resource;
  readonly what: string;
  readonly targets: readonly string[];
}

/** What a plan puts under Lake Formation, and the target databases in it. */
function guarded(view: PlanView, all: readonly PlanView[]): Guarded[] {
  const registered = view.ofType("aws_lakeformation_resource").flatMap((resource): Guarded[] => {
    const { action, after } = resource;
    const arn = after && known(textField(after, "arn"));
    if (action !== "create" || arn === undefined || after?.["hybrid_access_enabled"] === true) return [];
    const path = arn.replace(/^arn:[^:]*:s3:::/, "");
    return [{ resource, what: `registers ${path} with Lake Formation`, targets: databasesIn(path, all) }];
  });
  const settings = view.ofType("aws_lakeformation_data_lake_settings").flatMap((resource): Guarded[] => {
    const { action, before, after } = resource;
    if (action !== "create" && action !== "update") return [];
    const opens = (side: PlanObject | undefined): boolean =>
      ["create_database_default_permissions", "create_table_default_permissions"].some((attribute) =>
        holdsDefaults(side?.[attribute]),
      );
    if (opens(after) || (before !== undefined && !opens(before))) return [];
    return [
      { resource, what: "takes the defaults of IAM out of Lake Formation", targets: databasesIn("", all) },
    ];
  });
  return [...registered, ...settings];
}

function holdsDefaults(value: PlanValue | undefined): boolean {
  if (isHidden(value)) return true;
  return (
    Array.isArray(value) &&
    (value as readonly PlanValue[]).some((entry) => isHidden(entry) || isPlanObject(entry))
  );
}

/** ARNs of the target databases whose data is under a path, `bucket/prefix`. */
function databasesIn(path: string, all: readonly PlanView[]): string[] {
  return all
    .flatMap((view) => [...view.ofType("aws_glue_catalog_database")])
    .flatMap(({ before, after }) => {
      const database = after ?? before;
      const location = database && known(textField(database, "location_uri"));
      const place = location === undefined ? undefined : parseS3Location(location);
      const arn = database && known(textField(database, "arn"));
      if (place === undefined || arn === undefined) return [];
      const wanted = path.replace(/[/*]+$/, "");
      const full = `${place.bucket}/${place.prefix}/`;
      return wanted === "" || full.startsWith(`${wanted}/`) ? [arn] : [];
    });
}

export const lakeFormationWithoutGrants = rule({
  id: "lake-formation-without-grants",
  levels: ["warn"],
  title: "a target database comes under Lake Formation, and its role is granted nothing there",
  check: (view, all) =>
    guarded(view, all).flatMap(({ resource, what, targets }): Observation[] => {
      const without = targets.filter((target) => {
        const role = roleOf(target, all);
        return role !== undefined && !isGranted(role, all);
      });
      const integrations: Integration[] = without.flatMap((target) =>
        having(staying(all), "targetArn", target),
      );
      if (integrations.length === 0) return [];
      return [
        {
          address: resource.address,
          reason: `${what}, and the plan grants nothing to the role of ${theIntegrations(integrations)}`,
          consequence:
            "ingestion fails: the target role does not have access to the target database due to Lake Formation permissions",
          remedy:
            "grant the role ALL on the database and its tables and DATA_LOCATION_ACCESS on the location (lakeFormation: true of the target), in the same plan",
        },
      ];
    }),
});
