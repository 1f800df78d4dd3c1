// Settings of integrations that AWS refuses.
import { CONNECTORS } from "../../facts/connectors";
import type { ConnectionSourceKind, SourceKind } from "../../facts/kinds";
import { CONNECTION_SOURCE_KINDS } from "../../facts/kinds";
import type { Issue } from "../../issues";
import { entityRules } from "../../rules/entities";
import { integrationRules } from "../../rules/integration";
import { refreshIntervalRules } from "../../rules/refresh-interval";
import type { Observation } from "../finding";
import type { Field, Integration, IntegrationState, PlanView } from "../plan-view";
import { known, textField } from "../plan-view";
import { sourceArn, targetArn } from "./arns";
import { rule } from "./declare";
import { isChanged, staying, targetOf } from "./integrations";

/** What the product behind a connection is, where a plan has looked the connection up. */
function productOf(connection: string, all: readonly PlanView[]): ConnectionSourceKind | undefined {
  const lookups = all.flatMap((view) => [...view.ofType("aws_glue_connection")]);
  const found = lookups.find(
    ({ after, before }) => known(textField(after ?? before ?? {}, "name")) === connection,
  );
  const type = found && known(textField(found.after ?? found.before ?? {}, "connection_type"));
  return CONNECTION_SOURCE_KINDS.find((kind) => CONNECTORS[kind].connectionType === type);
}

function kindOf(arn: string | undefined, all: readonly PlanView[]): SourceKind | undefined {
  const source = arn === undefined ? undefined : sourceArn(arn);
  return source?.kind === "connection" ? productOf(source.connection, all) : source?.kind;
}

/** The interval of an integration after the plan, as it sets it or as the operator is told to. */
function intervalOf(text: Field<string>): number | string | undefined {
  const value = known(text);
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** The member of an integration that an issue is about, in the words of the API. */
const MEMBERS: Readonly<Record<string, keyof IntegrationState>> = {
  name: "name",
  description: "description",
  dataFilter: "dataFilter",
  refreshInterval: "refreshInterval",
  continuousSync: "continuousSync",
  kmsKeyArn: "kmsKeyId",
  encryptionContext: "encryptionContext",
  target: "targetArn",
};

/** Faults in what the plan sets, by the rules that a declaration is checked with. */
function refusals({ before, after, api }: Integration, all: readonly PlanView[]): Issue[] {
  if (after === undefined) return [];
  const sourceKind = kindOf(known(after.sourceArn), all);
  const to = known(after.targetArn);
  const context = known(after.encryptionContext);
  const issues = integrationRules({
    sourceKind,
    targetKind: to === undefined ? undefined : targetArn(to)?.kind,
    name: known(after.name),
    description: known(after.description),
    refreshInterval: intervalOf(after.refreshInterval),
    continuousSync: known(after.continuousSync),
    hasKmsKey: after.kmsKeyId !== undefined,
    encryptionContext: context === undefined ? undefined : {},
    dataFilter: known(after.dataFilter),
  });
  return issues.filter(({ severity, code, path }) => {
    // From DynamoDB into a warehouse both APIs make integrations, and only one of them takes no interval.
    if (severity !== "error" || (code === "no-refresh-interval" && api === "glue")) return false;
    const member = MEMBERS[String(path[0])];
    return before === undefined || member === undefined || isChanged(before[member], after[member]);
  });
}

export const settingRefused = rule({
  id: "setting-refused",
  levels: ["block"],
  title: "a setting of an integration is one that AWS refuses",
  check: (view, all) => [
    ...view.integrations
      .filter(({ resource }) => ["create", "update", "replace"].includes(resource.action))
      .flatMap((integration) => refusals(integration, all).map((issue) => refused(integration, issue))),
    ...view.integrationSettings.flatMap(({ resource, before, after }): Observation[] => {
      const minutes = intervalOf(after?.refreshInterval);
      if (after === undefined || resource.action === "no-op") return [];
      const owner = ownerOf(known(after.integrationArn), all);
      const isOfWarehouse = owner !== undefined && targetOf(owner)?.kind === "redshift";
      if (isOfWarehouse && before !== undefined && isChanged(before.refreshInterval, after.refreshInterval)) {
        return [warehouseInterval(resource.address, owner.label)];
      }
      return refreshIntervalRules(minutes, undefined)
        .filter(({ severity }) => severity === "error")
        .map((issue) => observed(resource.address, "refreshInterval", issue));
    }),
  ],
});

function refused({ resource, label }: Integration, issue: Issue): Observation {
  const { reason, ...rest } = observed(resource.address, String(issue.path[0] ?? ""), issue);
  return { ...rest, reason: `${label}: ${reason}` };
}

function observed(
  address: string,
  attribute: string,
  { message, got, expected, remedy }: Issue,
): Observation {
  const detail = got === undefined ? "" : `, and is ${got}`;
  return {
    address,
    reason: `${message}${attribute === "refreshInterval" ? detail : ""}`,
    consequence: "AWS refuses it: the apply fails, after what comes before it is done",
    remedy: remedy ?? (expected === undefined ? "take it out" : `give it ${expected}`),
    attribute,
  };
}

function warehouseInterval(address: string, label: string): Observation {
  return {
    address,
    reason: `changes the refresh interval of ${label}, whose target is a Redshift warehouse`,
    consequence: "AWS refuses it: the interval of such an integration is set in the warehouse only",
    remedy: "run in the warehouse: ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL seconds",
    attribute: "refreshInterval",
  };
}

function ownerOf(arn: string | undefined, all: readonly PlanView[]): Integration | undefined {
  if (arn === undefined) return undefined;
  return staying(all).find((integration) => integration.arn === arn);
}

/** Settings that Terraform plans in place and AWS then refuses to change. */
const IMMUTABLE = {
  continuousSync: "IntegrationConfig.ContinuousSync",
  sourceProperties: "IntegrationConfig.SourceProperties",
  encryptionContext: "AdditionalEncryptionContext",
} as const satisfies Partial<Record<keyof IntegrationState, string>>;

export const immutableSetting = rule({
  id: "immutable-setting",
  levels: ["block"],
  title: "a setting that never changes is planned to change in place",
  check: ({ integrations }) =>
    integrations.flatMap(({ resource, before, after, label }): Observation[] => {
      if (resource.action !== "update" || before === undefined || after === undefined) return [];
      return (Object.keys(IMMUTABLE) as (keyof typeof IMMUTABLE)[])
        .filter((member) => isChanged<unknown>(before[member], after[member]))
        .map((member) => ({
          address: resource.address,
          reason: `changes ${IMMUTABLE[member]} of the integration ${label} in place`,
          consequence:
            "Cloud Control refuses it at apply, and Terraform then believes that it is done: no later plan shows the difference",
          remedy:
            "leave it as it is, or make a second integration with the new value and remove this one when it has loaded",
          attribute: IMMUTABLE[member],
        }));
    }),
});

export const dailyExports = rule({
  id: "daily-exports",
  levels: ["info"],
  title: "a DynamoDB table is exported a day at a time, because the refresh interval is a day or more",
  check: (view, all) => {
    const told = view.integrationSettings.flatMap(({ resource, before, after }) => {
      const owner = ownerOf(known(after?.integrationArn), all);
      return [
        { address: resource.address, from: before?.refreshInterval, to: after?.refreshInterval, owner },
      ];
    });
    const own = view.integrations.map((integration) => ({
      address: integration.resource.address,
      from: integration.before?.refreshInterval,
      to: integration.after?.refreshInterval,
      owner: integration,
    }));
    return [...own, ...told].flatMap(({ address, from, to, owner }): Observation[] => {
      const minutes = intervalOf(to);
      const source = owner && known(owner.after?.sourceArn);
      if (minutes === undefined || source === undefined || !isChanged(from, to)) return [];
      const [issue] = refreshIntervalRules(
        minutes,
        sourceArn(source)?.kind === "dynamodb" ? "dynamodb" : undefined,
      );
      if (issue?.severity !== "note") return [];
      return [
        {
          address,
          reason: `${owner?.label ?? ""}: ${issue.message}`,
          consequence:
            "data is up to a whole interval old, and then comes in several exports, each of which is billed",
          remedy: "choose an interval below a day (1440 minutes) for fresher data",
          attribute: "refreshInterval",
        },
      ];
    });
  },
});

export const unsupportedEntity = rule({
  id: "unsupported-entity",
  levels: ["info"],
  title: "the data filter of a connection names an entity that AWS does not support",
  check: ({ integrations }, all) =>
    integrations.flatMap(({ resource, before, after, label }): Observation[] => {
      const filter = after && known(after.dataFilter);
      if (after === undefined || filter === undefined || !isChanged(before?.dataFilter, after.dataFilter))
        return [];
      const kind = kindOf(known(after.sourceArn), all);
      if (kind === undefined || kind === "dynamodb" || kind === "oracle") return [];
      const entities = [...filter.matchAll(/include:\s*([^,]+)/g)].map(([, name = ""]) => name.trim());
      return entityRules(kind, entities)
        .filter(({ code }) => code === "unsupported-entity" || code === "unknown-entity")
        .map((issue) => ({
          address: resource.address,
          reason: `${label}: ${issue.message}`,
          consequence: "nothing of it arrives in the target",
          remedy: issue.remedy ?? "take it out of the data filter",
          attribute: "DataFilter",
        }));
    }),
});
