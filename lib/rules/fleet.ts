// What AWS refuses in many integrations together.
import type { SourceKind } from "../facts/kinds";
import { INTEGRATIONS_PER_ACCOUNT, INTEGRATIONS_PER_SOURCE, INTEGRATIONS_PER_TARGET } from "../facts/limits";
import type { Issue, IssueCode, IssueDetails, IssuePath } from "../issues";
import { error, warning } from "../issues";
import { show } from "./text";

/** One table of an integration, by the name that it has in the source. */
export interface FleetTable {
  readonly table: string;
  /** @default the name of the source table */
  readonly targetTable?: string | undefined;
}

/** One integration among others. */
export interface FleetMember {
  /** Where the integration is declared. */
  readonly path: IssuePath;
  /** The account and region that it lives in: the same text for the same place. */
  readonly environmentKey: string;
  /** @default not known */
  readonly sourceKind?: SourceKind | undefined;
  /** The source, wherever it is: the same text for the same thing in AWS. */
  readonly sourceKey: string;
  /** The target, wherever it is: the same text for the same thing in AWS. */
  readonly targetKey: string;
  readonly name?: string | undefined;
  /** The tables that it replicates, where they are known. @default not known */
  readonly tables?: readonly FleetTable[] | undefined;
  /** The database that is made from it in the target's warehouse. @default none */
  readonly destinationDatabase?: string | undefined;
  /** The entities that it selects of a connection, or all of them. @default not known */
  readonly entities?: readonly string[] | "all" | undefined;
}

/** Refuses integrations that collide, and warns of more than AWS allows by default; paths are those of the members. */
export function fleetRules(fleet: readonly FleetMember[]): Issue[] {
  return [
    ...collisions(
      fleet,
      ({ environmentKey, name }) => (name === undefined ? undefined : [environmentKey, name]),
      (member, first) =>
        error(
          "duplicate-integration-name",
          member.path,
          `two integrations of one account and region have the name ${show(member.name)}`,
          {
            ...both(member, first),
            remedy: "give one of them another name",
          },
        ),
    ),
    ...tableCollisions(fleet),
    ...collisions(
      fleet,
      ({ targetKey, destinationDatabase }) =>
        destinationDatabase === undefined ? undefined : [targetKey, destinationDatabase],
      (member, first) =>
        error(
          "duplicate-destination-database",
          member.path,
          `two integrations would make the database ${show(member.destinationDatabase)} in one warehouse`,
          {
            ...both(member, first),
            remedy: "declare a target with another database for one of them",
          },
        ),
    ),
    ...deltaTokenCollisions(fleet.filter(({ sourceKind }) => sourceKind === "sap-odata")),
    ...quota(
      fleet,
      "environmentKey",
      "account-quota",
      INTEGRATIONS_PER_ACCOUNT,
      "in one account and region",
      "ask AWS for a higher quota before you apply",
    ),
    ...quota(
      fleet,
      "sourceKey",
      "source-quota",
      INTEGRATIONS_PER_SOURCE,
      "of one source",
      "ask AWS whether the quota can be raised",
    ),
    ...quota(
      fleet,
      "targetKey",
      "target-quota",
      INTEGRATIONS_PER_TARGET,
      "into one target",
      "spread them over several targets",
    ),
  ];
}

interface Replica extends FleetTable {
  readonly member: FleetMember;
}

// AWS keeps one record of table options for each (target, source table), and it belongs to one integration.
function tableCollisions(fleet: readonly FleetMember[]): Issue[] {
  const replicas = fleet.flatMap((member) =>
    (member.tables ?? []).map((table): Replica => ({ ...table, member })),
  );
  const sameTable = collisions(
    replicas,
    ({ member, table }) => [member.targetKey, table],
    ({ member, table }, first) =>
      error(
        "duplicate-table",
        member.path,
        `two integrations replicate a table ${show(table)} into one target`,
        {
          ...both(member, first.member),
          remedy:
            "use another target for one of them: targetTable does not help, the options of a table belong to its source name",
        },
      ),
  );
  // Glue folds table names to lower case when it stores them.
  const targetName = ({ table, targetTable = table }: Replica) => targetTable.toLowerCase();
  const sameTargetTable = collisions(
    replicas,
    (replica) => [replica.member.targetKey, targetName(replica)],
    (replica, first) =>
      replica.table === first.table
        ? undefined
        : error(
            "duplicate-target-table",
            replica.member.path,
            `tables ${show(first.table)} and ${show(replica.table)} both become ${show(targetName(replica))} in one target`,
            {
              ...both(replica.member, first.member),
              remedy: "give one of them another targetTable, or another target",
            },
          ),
  );
  return [...sameTable, ...sameTargetTable];
}

// SAP OData keeps one delta token for each client and entity (user guide, "Limitations"): what one integration has read, the
// other never sees. A connection has one client.
function deltaTokenCollisions(ofSap: readonly FleetMember[]): Issue[] {
  const selections = ofSap.flatMap((member) =>
    member.entities === "all" ? [] : [...new Set(member.entities)].map((entity) => ({ member, entity })),
  );
  const sameEntity = collisions(
    selections,
    ({ member, entity }) => [member.sourceKey, entity],
    ({ member, entity }, first) =>
      error(
        "sap-delta-token",
        member.path,
        `two integrations replicate the entity ${show(entity)} of one SAP connection, which has one delta token for it`,
        {
          ...both(member, first.member),
          remedy: "keep it in one of them, or use another connection with a client of its own",
        },
      ),
  );
  return [...sameEntity, ...everyEntityCollisions(ofSap)];
}

function everyEntityCollisions(ofSap: readonly FleetMember[]): Issue[] {
  const connections = new Set(ofSap.map(({ sourceKey }) => sourceKey));
  return [...connections].flatMap((connection) => {
    const members = ofSap.filter(
      ({ sourceKey, entities }) => sourceKey === connection && entities !== undefined,
    );
    const every = members.find(({ entities }) => entities === "all");
    const others = members.filter((member) => member !== every).map(({ path }) => path);
    if (every === undefined || others.length === 0) return [];
    return [
      error(
        "sap-delta-token",
        every.path,
        "an integration replicates every entity of an SAP connection that others use, and an entity has one delta token",
        {
          at: "key",
          got: [every.path, ...others].map(pathText).join(" and "),
          remedy: "select its entities, or use another connection with a client of its own",
          related: others,
        },
      ),
    ];
  });
}

function both(member: FleetMember, first: FleetMember): IssueDetails {
  if (member === first) return { at: "key", got: pathText(member.path) };
  return { at: "key", got: `${pathText(first.path)} and ${pathText(member.path)}`, related: [first.path] };
}

function pathText(path: IssuePath): string {
  return path.join(".");
}

// Reports every later one against the first that has the same key.
function collisions<T>(
  items: readonly T[],
  keyOf: (item: T) => readonly string[] | undefined,
  report: (item: T, first: T) => Issue | undefined,
): Issue[] {
  const firsts = new Map<string, T>();
  return items.flatMap((item) => {
    const parts = keyOf(item);
    if (parts === undefined) return [];
    const key = JSON.stringify(parts);
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, item);
      return [];
    }
    const issue = report(item, first);
    return issue === undefined ? [] : [issue];
  });
}

function quota(
  fleet: readonly FleetMember[],
  by: "environmentKey" | "sourceKey" | "targetKey",
  code: IssueCode,
  limit: number,
  where: string,
  remedy: string,
): Issue[] {
  const groups = new Map<string, FleetMember[]>();
  for (const member of fleet) {
    const group = groups.get(member[by]);
    if (group === undefined) groups.set(member[by], [member]);
    else group.push(member);
  }
  return [...groups.values()].flatMap((members) => {
    const beyond = members[limit];
    if (beyond === undefined) return [];
    return [
      warning(code, beyond.path, `there are more than ${limit} integrations ${where}, the default quota`, {
        at: "key",
        got: `${members.length} integrations`,
        expected: `at most ${limit}`,
        remedy,
      }),
    ];
  });
}
