// Every kind of source and target: in each account twenty integrations, ten into a Glue database and ten into another target.
import type { ConnectionSourceKind } from "../lib/facts/kinds";
import type { FleetIntegration, FleetSource, FleetStack, FleetTarget } from "./fleet";
import { REGION, digits, labelled } from "./fleet";

const PER_STACK = 20;
const PER_TARGET = 10;

/** The connections of every account, one of each product, with the entities that they replicate. */
const CONNECTIONS: readonly (readonly [ConnectionSourceKind, readonly string[] | undefined])[] = [
  ["salesforce", ["Account", "Opportunity"]],
  ["salesforce-account-engagement", ["campaign", "prospect"]],
  ["sap-odata", ["SalesOrder"]],
  ["servicenow", ["incident", "problem"]],
  ["zendesk", ["tickets", "users"]],
  ["zoho-crm", ["lead", "contact"]],
  ["facebook-ads", undefined],
  ["instagram-ads", undefined],
];

/** The second target of the accounts, in turns. */
const SECOND_TARGETS: readonly ((id: string) => FleetTarget)[] = [
  (id) => ({ type: "s3-tables", tableBucket: `acme-tables-${id}`, create: true }),
  (id) => ({ type: "redshift", workgroup: `sales-${id}` }),
  (id) => ({ type: "redshift-managed-storage", catalog: `managed_${id}` }),
  (id) => ({ type: "s3-tables", tableBucket: `acme-tables-${id}`, create: true }),
  (id) => ({ type: "redshift", cluster: `sales-${id}` }),
];

export function mixedFleet(size: number): FleetStack[] {
  if (size % PER_STACK !== 0) throw new Error(`a mixed fleet has a multiple of ${PER_STACK} integrations`);
  return Array.from({ length: size / PER_STACK }, (_, index) => mixedStack(index));
}

function mixedStack(index: number): FleetStack {
  const id = digits(index + 1);
  const account = String(111122220000 + index);
  const lake = `sales_${id}`;
  const second = SECOND_TARGETS[index % SECOND_TARGETS.length]?.(id);
  if (second === undefined) throw new Error("no second target");
  const sources = sourcesOf(index, account, second);
  const salesforce = sources.findIndex(([, { type }]) => type === "salesforce") < PER_TARGET;
  return {
    name: `fleet-${id}`,
    account,
    sources: labelled(sources),
    targets: {
      [lake]: {
        type: "glue-database",
        database: lake,
        location: `s3://acme-lake-${id}/sales/`,
        // AWS documents the grants for Salesforce.
        ...(salesforce && { lakeFormation: true }),
      },
      second,
    },
    integrations: labelled(
      sources.map(([label, source], place) => {
        const target = place < PER_TARGET ? lake : "second";
        return [`${label}-${id}`, integration(label, source, target, second)] as const;
      }),
    ),
  };
}

// Ten for each target: six tables and four connections, other ones in every account. Oracle replicates into Redshift only.
function sourcesOf(index: number, account: string, second: FleetTarget): (readonly [string, FleetSource])[] {
  const half = CONNECTIONS.length / 2;
  const connections = rotated(CONNECTIONS, index).map(([type, entities]): [string, FleetSource] => [
    type,
    { type, connection: `${type}-prod`, ...(entities !== undefined && { entities }) },
  ]);
  const tables = Array.from({ length: PER_STACK - connections.length }, (_, place): [string, FleetSource] => {
    const table = `orders-${digits(place + 1)}`;
    return [table, { type: "dynamodb", table }];
  });
  const perTarget = tables.length / 2;
  const oracle: [string, FleetSource] = ["oracle", oracleSource(account)];
  return [
    ...tables.slice(0, perTarget),
    ...connections.slice(0, half),
    ...(second.type === "redshift" ? [oracle, ...tables.slice(perTarget + 1)] : tables.slice(perTarget)),
    ...connections.slice(half),
  ];
}

function oracleSource(account: string): FleetSource {
  return {
    type: "oracle",
    arn: `arn:aws:odb:${REGION}:${account}:cloud-vm-cluster/exa-prod`,
    pluggableDatabase: "SALES",
    secretArn: `arn:aws:secretsmanager:${REGION}:${account}:secret:oracle-AbCdEf`,
  };
}

// The Redshift API has no interval, and AWS documents none for Oracle.
function integration(
  source: string,
  { type }: FleetSource,
  target: string,
  second: FleetTarget,
): FleetIntegration {
  const intoRedshift = target === "second" && second.type === "redshift";
  return { source, target, ...(type === "dynamodb" && !intoRedshift && { refreshInterval: "30m" }) };
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
