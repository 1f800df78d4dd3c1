// How replicated tables are laid out: a change of it has AWS load the table again.
import type { Observation } from "../finding";
import type { Integration, PlanObject, PlanView, TableProperties, TablePropertiesState } from "../plan-view";
import { isKnown, known } from "../plan-view";
import { stableJson } from "../../json";
import { asJson } from "../plan/value";
import { rule } from "./declare";
import { having, lasting, theIntegrations } from "./integrations";

const DEFAULT = "full";

function unnestOf(state: TablePropertiesState | undefined): string | undefined {
  if (state === undefined) return DEFAULT;
  return state.unnest === undefined ? DEFAULT : known(state.unnest);
}

function partitionOf(state: TablePropertiesState | undefined): string | undefined {
  const columns = state?.partitionBy;
  if (columns === undefined) return "";
  return isKnown(columns) ? columns.map(columnText).join(", ") : undefined;
}

function columnText(column: PlanObject): string {
  const { field, function: by, format } = column;
  if (typeof field !== "string" || typeof by !== "string") return stableJson(asJson(column));
  return `${by}(${field}${typeof format === "string" ? `, ${format}` : ""})`;
}

/** What changes in the layout, in the words of a declaration. */
function changes({
  before,
  after,
}: TableProperties): { readonly attribute: string; readonly text: string }[] {
  const one = (attribute: string, from: string | undefined, to: string | undefined) =>
    from === to ? [] : [{ attribute, text: `${attribute} from ${shown(from)} to ${shown(to)}` }];
  return [
    ...one("unnest", unnestOf(before), unnestOf(after)),
    ...one("partitionBy", partitionOf(before), partitionOf(after)),
  ];
}

function shown(value: string | undefined): string {
  return value === undefined ? "(known after apply)" : value === "" ? "nothing" : value;
}

function versionOf(state: TablePropertiesState | undefined): number | undefined {
  return state?.layoutVersion === undefined ? 1 : known(state.layoutVersion);
}

/** The integrations that are there before and after, and that the table is or may be replicated by. */
function replicating(state: TablePropertiesState, all: readonly PlanView[]): Integration[] {
  const resourceArn = known(state.resourceArn);
  const table = known(state.tableName);
  if (resourceArn === undefined) return [];
  const running = lasting(all).filter(({ resource }) => resource.action !== "replace");
  return having(running, "targetArn", resourceArn).filter(({ before }) => {
    const source = before && known(before.sourceArn);
    const ofTable = source === undefined ? undefined : /:table\/(.*)$/.exec(source)?.[1];
    return ofTable === undefined || ofTable === table;
  });
}

export const tableLayoutChanged = rule({
  id: "table-layout-changed",
  levels: ["block", "warn"],
  title: "a replicated table is laid out in another way (unnest, partitions), for which AWS loads it again",
  check: ({ tableProperties }, all) =>
    tableProperties.flatMap((properties): Observation[] => {
      const { resource, before, after } = properties;
      const state = after ?? before;
      if (state === undefined || resource.action === "no-op") return [];
      const different = changes(properties);
      const integrations = replicating(state, all);
      const [first] = different;
      if (first === undefined || integrations.length === 0) return [];
      const table = known(state.tableName) ?? "a table";
      const what = different.map(({ text }) => text).join(" and ");
      const common = {
        address: resource.address,
        reason: `changes the layout of ${table}: ${what}`,
        attribute: first.attribute,
      };
      if (isRaised(before, after)) {
        return [
          {
            ...common,
            level: "warn",
            consequence: `AWS loads ${table} again, and readers of ${theIntegrations(integrations)} see other columns or partitions`,
            remedy: "tell the readers, and apply when a load of the whole table does not hurt",
          },
        ];
      }
      return [
        {
          ...common,
          consequence: `the operator refuses it, because AWS would load ${table} again: the apply fails after other changes are made`,
          remedy:
            after === undefined
              ? "declare the default layout with a raised layoutVersion first, and remove the options in a later plan"
              : `raise layoutVersion to ${(versionOf(before) ?? 1) + 1} to have the table loaded again, or leave the layout as it is`,
        },
      ];
    }),
});

function isRaised(
  before: TablePropertiesState | undefined,
  after: TablePropertiesState | undefined,
): boolean {
  const [from, to] = [versionOf(before), versionOf(after)];
  return after !== undefined && from !== undefined && to !== undefined && to > from;
}
