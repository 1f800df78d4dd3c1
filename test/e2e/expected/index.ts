// What the guides of AWS say must be in the accounts for a declaration, written down a second time and without the library: the
// scenarios compare this with what a real apply has left behind.
import type { Declaration } from "../../../lib/spec";
import { targetArn } from "./arns";
import { catalogPolicy, namespacePolicy, tablePolicy } from "./inbound-policies";
import { type ExpectedIntegration, integrationOf } from "./integrations";
import { type ExpectedOperator, operatorsAt } from "./operators";
import { type Pair, type Place, isAt, pairsOf, placesOf } from "./pairs";
import { type ExpectedProperty, propertiesAt } from "./properties";
import { type ExpectedTableProperties, tablePropertiesAt } from "./table-properties";

/** What must be in one account and region. */
export interface Expected {
  readonly place: Place;
  readonly tablePolicies: Readonly<Record<string, readonly string[]>>;
  readonly catalogPolicy: readonly string[];
  readonly namespacePolicies: Readonly<Record<string, readonly string[]>>;
  /** Locations by name. */
  readonly databases: Readonly<Record<string, string>>;
  readonly tableBuckets: readonly string[];
  readonly properties: readonly ExpectedProperty[];
  readonly integrations: readonly ExpectedIntegration[];
  readonly operators: readonly ExpectedOperator[];
  readonly tableProperties: ExpectedTableProperties;
}

export function expectedOf(declaration: Declaration, defaultAccount: string): Expected[] {
  const pairs = pairsOf(declaration, defaultAccount);
  return placesOf(declaration, defaultAccount).map((place) => expectedAt(pairs, place));
}

function expectedAt(pairs: readonly Pair[], place: Place): Expected {
  const from = pairs.filter((pair) => isAt(pair.from, place));
  const to = pairs.filter((pair) => isAt(pair.to, place));
  return {
    place,
    tablePolicies: grouped(
      from,
      ({ source }) => (source.type === "dynamodb" ? source.table : undefined),
      (of, table) => tablePolicy(of, table, place),
    ),
    catalogPolicy: catalogPolicy(to),
    namespacePolicies: grouped(
      to,
      ({ target }) => (target.type === "redshift" ? targetArn(target, place) : undefined),
      namespacePolicy,
    ),
    databases: Object.fromEntries(
      to.flatMap(({ target }) =>
        target.type === "glue-database" ? [[target.database, target.location]] : [],
      ),
    ),
    tableBuckets: [
      ...new Set(to.flatMap(({ target }) => (target.type === "s3-tables" ? [target.tableBucket] : []))),
    ].sort(),
    properties: propertiesAt(pairs, (other) => isAt(other, place)),
    integrations: from.map(integrationOf),
    operators: operatorsAt(pairs, (other) => isAt(other, place)),
    tableProperties: tablePropertiesAt(pairs, (other) => isAt(other, place)),
  };
}

function grouped<T>(
  pairs: readonly Pair[],
  keyOf: (pair: Pair) => string | undefined,
  make: (of: readonly Pair[], key: string) => T,
): Record<string, T> {
  const keys = new Set(pairs.flatMap((pair) => keyOf(pair) ?? []));
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      make(
        pairs.filter((pair) => keyOf(pair) === key),
        key,
      ),
    ]),
  );
}
