// Properties that AWS keeps once for a target or connection, whoever uses it.
import type { Observation } from "../finding";
import type { PlanView, ResourcePropertyState } from "../plan-view";
import { isKnown, known } from "../plan-view";
import { rule } from "./declare";
import { having, isChanged, lasting, listed, theIntegrations } from "./integrations";
import { asJson } from "../plan/value";
import { stableJson } from "../../json";

/** The members of a resource property, in the words of the API. */
const MEMBERS = {
  sourceRoleArn: "SourceProcessingProperties.RoleArn",
  targetRoleArn: "TargetProcessingProperties.RoleArn",
  targetKmsArn: "TargetProcessingProperties.KmsArn",
  targetConnectionName: "TargetProcessingProperties.ConnectionName",
  targetEventBusArn: "TargetProcessingProperties.EventBusArn",
} as const satisfies Partial<Record<keyof ResourcePropertyState, string>>;

type Member = keyof typeof MEMBERS;
const ALL = Object.keys(MEMBERS) as Member[];

export const sharedPropertyChanged = rule({
  id: "shared-property-changed",
  levels: ["warn", "block"],
  title: "the property of a target or connection changes or goes, for all integrations that use it",
  check: ({ resourceProperties }, all) =>
    resourceProperties.flatMap(({ resource, before, after }): Observation[] => {
      const arn = before && known(before.resourceArn);
      if (before === undefined || arn === undefined || resource.deposed !== undefined) return [];
      const running = lasting(all);
      const users = [...having(running, "targetArn", arn), ...having(running, "sourceArn", arn)];
      if (users.length === 0) return [];
      if (after === undefined || resource.action === "replace") {
        return [
          {
            level: "block",
            address: resource.address,
            reason: `${after === undefined ? "destroys" : "replaces"} the property of ${arn}, which ${theIntegrations(users)} ${users.length === 1 ? "uses" : "use"}`,
            consequence:
              "AWS no longer knows a role for it: nothing can be read or written (UNRECOVERABLE_ACCESS_DENIED)",
            remedy: "remove the integrations first, or say that the property moved (a moved block)",
          },
        ];
      }
      const changed = ALL.filter((member) => isChanged(before[member], after[member]));
      const [first] = changed;
      if (first === undefined) return [];
      return [
        {
          address: resource.address,
          reason: `changes ${listed(changed.map((member) => MEMBERS[member]))} of ${arn}, which affects ${theIntegrations(users)}`,
          consequence: `there is one such property: ${users.length === 1 ? "the integration uses" : `all ${users.length} integrations use`} the new value from the next refresh on`,
          remedy: "see that what it names works for each of them before you apply, or make a second target",
          attribute: MEMBERS[first],
        },
      ];
    }),
});

/** A property of one thing in AWS, under the one key that AWS has for it. */
interface Keyed {
  readonly address: string;
  /** Address and stack. */
  readonly place: string;
  readonly key: string;
  readonly what: string;
  readonly value: string;
  readonly isNew: boolean;
}

function keyedTables({ stack, tableProperties }: PlanView): Keyed[] {
  return tableProperties.flatMap(({ resource, after }) => {
    const [arn, table] = [after && known(after.resourceArn), after && known(after.tableName)];
    if (after === undefined || arn === undefined || table === undefined) return [];
    const { unnest, partitionBy, targetTable, primaryKey } = after;
    const value = { unnest, partitionBy, targetTable, primaryKey };
    return [
      {
        address: resource.address,
        place: `${stack}/${resource.address}`,
        key: `${arn} ${table}`,
        what: `the table ${table} in ${arn}`,
        value: textOf(value),
        isNew: resource.action !== "no-op",
      },
    ];
  });
}

function keyedResources({ stack, resourceProperties }: PlanView): Keyed[] {
  return resourceProperties.flatMap(({ resource, after }) => {
    const arn = after && known(after.resourceArn);
    if (after === undefined || arn === undefined) return [];
    const { resourceArn: _, ...value } = after;
    return [
      {
        address: resource.address,
        place: `${stack}/${resource.address}`,
        key: arn,
        what: arn,
        value: textOf(value),
        isNew: resource.action !== "no-op",
      },
    ];
  });
}

function textOf(value: Readonly<Record<string, unknown>>): string {
  const set = Object.entries(value).filter(([, member]) => member !== undefined && isKnown(member));
  return stableJson(asJson(Object.fromEntries(set) as never));
}

export const conflictingProperties = rule({
  id: "conflicting-properties",
  levels: ["block"],
  title: "two resources ask for the properties of one table, target or connection, of which AWS keeps one",
  check: (view, all) => {
    const everything = all.flatMap((one) => [...keyedTables(one), ...keyedResources(one)]);
    const byKey = new Map<string, Keyed[]>();
    for (const one of everything) byKey.set(one.key, [...(byKey.get(one.key) ?? []), one]);
    return [...keyedTables(view), ...keyedResources(view)].flatMap((own): Observation[] => {
      const others = (byKey.get(own.key) ?? []).filter(({ place }) => place !== own.place);
      // Reported once, for the one that comes later, and only where the plan brings it about.
      const first = others[0];
      const isLater = others.some(({ place }) => place < own.place);
      if (first === undefined || !isLater || ![own, ...others].some(({ isNew }) => isNew)) return [];
      const differ = others.some(({ value }) => value !== own.value);
      return [
        {
          address: own.address,
          reason: `${differ ? "asks for other properties" : "asks once more for the properties"} of ${own.what} than ${first.address}`,
          consequence:
            "AWS keeps one record: each apply undoes what the other has written, and a changed layout loads the table again",
          remedy: "keep one of the two, or replicate into another target",
        },
      ];
    });
  },
});
