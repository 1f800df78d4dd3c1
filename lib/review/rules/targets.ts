// Databases, buckets and catalogs that integrations write into.
import { parseS3Location } from "../../rules/s3-location";
import type { Observation } from "../finding";
import type { Integration, PlanView, Resource } from "../plan-view";
import { isHidden, known, textField } from "../plan-view";
import { arnParts, tableBucketOf, targetArn } from "./arns";
import { rule } from "./declare";
import { having, lasting, staying, targetOf, theIntegrations } from "./integrations";

/** A resource that goes, and the integrations that write into it or into what is in it. */
interface Lost {
  readonly resource: Resource;
  readonly noun: string;
  readonly name: string;
  readonly integrations: readonly Integration[];
  readonly consequence: string;
}

const DATA_GONE =
  "what was replicated is lost, and the integrations into it need attention until AWS gives them up";

/** What holds a target, by the type of its resource. */
const HOLDERS: Readonly<
  Record<string, (resource: Resource, all: readonly PlanView[]) => Omit<Lost, "resource"> | undefined>
> = {
  aws_glue_catalog_database: (resource, all) => {
    const arn = text(resource, "arn");
    return {
      noun: "database",
      name: text(resource, "name") ?? "",
      integrations: arn === undefined ? [] : having(lasting(all), "targetArn", arn),
      consequence: DATA_GONE,
    };
  },
  aws_glue_catalog: (resource, all) => {
    const arn = text(resource, "arn");
    return {
      noun: "catalog",
      name: text(resource, "name") ?? "",
      integrations: lasting(all).filter(({ after }) => {
        const target = known(after?.targetArn);
        return arn !== undefined && (target === arn || target?.startsWith(`${arn}/`) === true);
      }),
      consequence: "the catalog leads to the target: nothing can be written any more",
    };
  },
  aws_s3tables_table_bucket: (resource, all) => {
    const name = text(resource, "name") ?? "";
    return {
      noun: "table bucket",
      name,
      integrations: lasting(all).filter((integration) => {
        const target = targetOf(integration);
        return target !== undefined && tableBucketOf(target) === name;
      }),
      consequence: DATA_GONE,
    };
  },
  aws_s3_bucket: (resource, all) => {
    const name = text(resource, "bucket") ?? "";
    return { noun: "bucket", name, integrations: intoBucket(name, all), consequence: DATA_GONE };
  },
  aws_redshift_cluster: (resource, all) =>
    warehouse(resource, all, "cluster_namespace_arn", "cluster_identifier"),
  aws_redshiftserverless_namespace: (resource, all) => warehouse(resource, all, "arn", "namespace_name"),
};

function warehouse(
  resource: Resource,
  all: readonly PlanView[],
  arnAttribute: string,
  nameAttribute: string,
): Omit<Lost, "resource"> {
  const arn = text(resource, arnAttribute);
  return {
    noun: "warehouse",
    name: text(resource, nameAttribute) ?? "",
    integrations: arn === undefined ? [] : having(lasting(all), "targetArn", arn),
    consequence: DATA_GONE,
  };
}

/** The integrations into databases whose data is in a bucket. */
function intoBucket(bucket: string, all: readonly PlanView[]): Integration[] {
  return databases(all).flatMap(({ before }) => {
    const location = before && known(textField(before, "location_uri"));
    const arn = before && known(textField(before, "arn"));
    if (location === undefined || arn === undefined || parseS3Location(location)?.bucket !== bucket)
      return [];
    return having(lasting(all), "targetArn", arn);
  });
}

function databases(views: readonly PlanView[]): Resource[] {
  return views.flatMap((view) => [...view.ofType("aws_glue_catalog_database")]);
}

function text({ before }: Resource, attribute: string): string | undefined {
  return before && known(textField(before, attribute));
}

export const targetLost = rule({
  id: "target-lost",
  levels: ["block"],
  title: "the database, bucket, catalog or warehouse of an integration that stays is destroyed or replaced",
  check: (view, all) =>
    view.changes.flatMap((resource): Observation[] => {
      const { action, address, type, deposed, forcedBy } = resource;
      if ((action !== "delete" && action !== "replace") || deposed !== undefined) return [];
      const lost = Object.hasOwn(HOLDERS, type) ? HOLDERS[type]?.(resource, all) : undefined;
      if (lost === undefined || lost.integrations.length === 0) return [];
      const { noun, name, integrations, consequence } = lost;
      return [
        {
          address,
          reason: `${action === "delete" ? "destroys" : "replaces"} the ${noun} ${name}, the target of ${theIntegrations(integrations)}`,
          consequence,
          remedy:
            "remove the integrations first, in a plan of their own, or take the resource out of Terraform without destroying it (a removed block)",
          ...(forcedBy[0] !== undefined && { attribute: forcedBy[0] }),
        },
      ];
    }),
});

export const targetLocationChanged = rule({
  id: "target-location-changed",
  levels: ["block"],
  title: "the location of a target database changes",
  check: (view, all) =>
    view.ofType("aws_glue_catalog_database").flatMap((resource): Observation[] => {
      const { action, before, after, address } = resource;
      if (action !== "update" || before === undefined || after === undefined) return [];
      const from = textField(before, "location_uri");
      const to = textField(after, "location_uri");
      const arn = known(textField(before, "arn"));
      if (from === to || arn === undefined) return [];
      const integrations = having(lasting(all), "targetArn", arn);
      if (integrations.length === 0) return [];
      return [
        {
          address,
          reason: `moves the database ${text(resource, "name") ?? ""} from ${String(from ?? "no location")} to ${String(to ?? "no location")}`,
          consequence: `the tables that are there stay where they are and new ones are made elsewhere: the data of ${theIntegrations(integrations)} ends up in two places, or no longer arrives`,
          remedy: "make a second database with the new location and integrations into it",
          attribute: "location_uri",
        },
      ];
    }),
});

export const targetWithoutLocation = rule({
  id: "target-without-location",
  levels: ["block"],
  title: "a target database is made without a location",
  check: (view, all) =>
    view.ofType("aws_glue_catalog_database").flatMap((resource): Observation[] => {
      const { action, after, address } = resource;
      if (after === undefined || (action !== "create" && action !== "replace")) return [];
      const name = known(textField(after, "name"));
      if (name === undefined || hasLocation(view, resource)) return [];
      const integrations = staying(all).filter(({ after: state }) => {
        const target = state && known(state.targetArn);
        const parts = target === undefined ? undefined : targetArn(target);
        return parts?.kind === "glue-database" && parts.name === name && inAccountOf(after, target ?? "");
      });
      if (integrations.length === 0) return [];
      return [
        {
          address,
          reason: `makes the database ${name} without a location`,
          consequence: `AWS has nowhere to write to: ${theIntegrations(integrations)} needs attention from the start`,
          remedy: "set location_uri to an S3 URI in the region of the database",
          attribute: "location_uri",
        },
      ];
    }),
});

// The provider computes a location where none is set, so that it is unknown until the database is made, and then empty.
function hasLocation(view: PlanView, { address, after }: Resource): boolean {
  const location = after && textField(after, "location_uri");
  if (!isHidden(location)) return location !== undefined && location !== "";
  return view.arguments(address)?.has("location_uri") ?? true;
}

function inAccountOf(database: NonNullable<Resource["after"]>, target: string): boolean {
  const account = known(textField(database, "catalog_id"));
  return account === undefined || arnParts(target)?.account === account;
}
