// What AWS refuses in a Redshift warehouse as a target.
import { CLUSTER_IDENTIFIER, WORKGROUP_NAME } from "../facts/limits";
import { REDSHIFT_DATABASE_NAME_MAX_BYTES, REDSHIFT_RESERVED_WORDS } from "../facts/redshift-names";
import type { Issue, IssueDetails } from "../issues";
import { error } from "../issues";
import { ARN_SHAPES, accountOf, arnRules } from "./arns";
import type { Place } from "./place";
import type { TargetFacts } from "./targets";
import { lengthRules, notEmptyRules, show } from "./text";

/** The members of a Redshift target that rules look at. */
export interface RedshiftTargetFacts extends TargetFacts {
  readonly cluster?: string | undefined;
  readonly workgroup?: string | undefined;
  readonly namespaceArn?: string | undefined;
  readonly database?: string | undefined;
}

/** Refuses a Redshift target that cannot exist. */
export function redshiftTargetRules(target: RedshiftTargetFacts): Issue[] {
  const { cluster, workgroup, namespaceArn, database } = target;
  return [
    ...oneWarehouseRules(target),
    ...identifierRules(cluster),
    ...workgroupRules(workgroup),
    ...arnRules(ARN_SHAPES.namespace, ["namespaceArn"], "namespaceArn", namespaceArn),
    ...databaseNameRules(database),
    ...databaseWarehouseRules(target),
    ...optionRules(target),
  ];
}

/** Refuses a namespace that the provider of the target's environment cannot write the policy of. */
export function namespacePlaceRules(namespaceArn: string | undefined, { account, region }: Place): Issue[] {
  if (namespaceArn === undefined || arnRules(ARN_SHAPES.namespace, [], "", namespaceArn).length > 0)
    return [];
  const [, , , regionOfArn] = namespaceArn.split(":");
  const accountOfArn = accountOf(namespaceArn);
  const elsewhere =
    (account !== undefined && account !== accountOfArn) || (region !== undefined && region !== regionOfArn);
  if (!elsewhere) return [];
  return [
    error(
      "namespace-place",
      ["namespaceArn"],
      "namespaceArn is in another account or region than the target's environment",
      {
        got: `account ${accountOfArn}, ${regionOfArn}`,
        expected: [account && `account ${account}`, region].filter((part) => part !== undefined).join(", "),
        remedy: "give the target an environment of the account and region of the namespace",
      },
    ),
  ];
}

/**
 * Refuses that integrations of another stack use a target whose warehouse is looked up: what a data source tells is known in
 * its own stack only.
 */
export function otherStackRules({ cluster, workgroup }: RedshiftTargetFacts): Issue[] {
  return Object.entries({ cluster, workgroup }).flatMap(([key, name]): Issue[] => {
    if (name === undefined) return [];
    const message = `integrations of another stack cannot use a Redshift target that is named by its ${key}`;
    return [
      error("redshift-target-stack", [key], message, {
        got: show(name),
        expected: "namespaceArn",
        remedy: "name the warehouse by namespaceArn, or declare the target in the stack of the integration",
      }),
    ];
  });
}

function oneWarehouseRules({ cluster, workgroup, namespaceArn }: RedshiftTargetFacts): Issue[] {
  const given = Object.entries({ cluster, workgroup, namespaceArn }).flatMap(([key, value]) =>
    value === undefined ? [] : [key],
  );
  if (given.length === 1) return [];
  return [
    error(
      "redshift-target",
      [],
      given.length === 0 ? "the target names no warehouse" : "the target names more than one warehouse",
      {
        at: "key",
        got: given.length === 0 ? "none" : given.join(", "),
        expected: "exactly one of cluster, workgroup, namespaceArn",
      },
    ),
  ];
}

function identifierRules(cluster: string | undefined): Issue[] {
  if (cluster === undefined) return [];
  const length = lengthRules(
    "cluster-identifier",
    ["cluster"],
    "cluster identifier",
    cluster,
    CLUSTER_IDENTIFIER,
  );
  if (length.length > 0 || /^[a-z](-?[a-z0-9])*$/.test(cluster)) return length;
  return [
    error("cluster-identifier", ["cluster"], "cluster identifier is not one that Redshift takes", {
      got: show(cluster),
      expected:
        "lower-case letters, digits and single hyphens, beginning with a letter and not ending with a hyphen",
    }),
  ];
}

function workgroupRules(workgroup: string | undefined): Issue[] {
  if (workgroup === undefined) return [];
  const length = lengthRules("workgroup-name", ["workgroup"], "workgroup name", workgroup, WORKGROUP_NAME);
  if (length.length > 0 || /^[a-z0-9-]+$/.test(workgroup)) return length;
  return [
    error("workgroup-name", ["workgroup"], "workgroup name is not one that Redshift Serverless takes", {
      got: show(workgroup),
      expected: "lower-case letters, digits and hyphens",
    }),
  ];
}

// Redshift developer guide, "Names and identifiers": a quoted name holds printable characters; the quotation mark itself could
// be doubled, but a name that every later query has to escape is no name.
const UNPRINTABLE = /["\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function databaseNameRules(database: string | undefined): Issue[] {
  if (database === undefined) return [];
  const empty = notEmptyRules(["database"], "database", database);
  if (empty.length > 0) return empty;
  const refused = (message: string, details: IssueDetails): Issue[] => [
    error("destination-database-name", ["database"], message, details),
  ];
  const size = Buffer.byteLength(database, "utf8");
  if (size > REDSHIFT_DATABASE_NAME_MAX_BYTES) {
    return refused(`database name is longer than ${REDSHIFT_DATABASE_NAME_MAX_BYTES} bytes`, {
      got: `${size} bytes`,
      expected: `1 to ${REDSHIFT_DATABASE_NAME_MAX_BYTES} bytes`,
    });
  }
  const template = /[$%]\{/.exec(database)?.[0];
  if (template !== undefined) {
    return refused(`database name holds ${template}, and nothing in it is substituted`, {
      got: show(database),
      remedy: "write the value itself",
    });
  }
  if (UNPRINTABLE.test(database)) {
    return refused("database name has characters that Redshift does not take", {
      got: show(database),
      expected: "printable characters, without double quotation marks",
    });
  }
  if (!REDSHIFT_RESERVED_WORDS.has(database.toLowerCase())) return [];
  return refused("database name is a reserved word of Redshift", {
    got: show(database),
    expected: "another name",
  });
}

function databaseWarehouseRules({ namespaceArn, database }: RedshiftTargetFacts): Issue[] {
  if (namespaceArn === undefined || database === undefined) return [];
  return [
    error(
      "destination-database-warehouse",
      ["database"],
      "a database cannot be made in a warehouse that is named by namespaceArn",
      {
        at: "key",
        expected: "cluster or workgroup, which the statement is sent to",
        remedy:
          "name the warehouse by cluster or workgroup, or remove database and run CREATE DATABASE yourself",
      },
    ),
  ];
}

// Resource properties exist for databases, catalogs and connections (service authorization reference of AWS Glue).
function optionRules({ roleArn, kmsKeyArn, connection, eventBusArn }: RedshiftTargetFacts): Issue[] {
  return Object.entries({ roleArn, kmsKeyArn, connection, eventBusArn }).flatMap(([key, value]): Issue[] =>
    value === undefined
      ? []
      : [
          error("redshift-target-option", [key], `${key} of a Redshift target would do nothing`, {
            at: "key",
            remedy: "remove it: AWS keeps such a setting for databases and catalogs of AWS Glue only",
          }),
        ],
  );
}
