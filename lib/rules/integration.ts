// What AWS refuses in an integration and in the pair of its source and target.
import { integrationApi, pairSupport, possibleTargets } from "../facts/compatibility";
import type { SourceKind, TargetKind } from "../facts/kinds";
import {
  DATA_FILTER,
  DESCRIPTION,
  INTEGRATION_NAME,
  REDSHIFT_INTEGRATION_NAME,
  REDSHIFT_INTEGRATION_NAME_PATTERN,
} from "../facts/limits";
import type { Issue } from "../issues";
import { error, note, under, warning } from "../issues";
import { kmsKeyArnRules } from "./arns";
import { parseRefreshInterval, refreshIntervalRules } from "./refresh-interval";
import type { TableFacts, TableRuleOptions } from "./tables";
import { tableRules } from "./tables";
import { lengthRules, show } from "./text";

/** The members of an integration that rules look at, with what they need to know of its source and target. */
export interface IntegrationFacts extends TableRuleOptions {
  readonly sourceKind?: SourceKind | undefined;
  readonly targetKind?: TargetKind | undefined;
  /** Whether the target grants its role Lake Formation permissions. @default not known */
  readonly lakeFormation?: boolean | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly refreshInterval?: number | string | undefined;
  readonly continuousSync?: boolean | undefined;
  readonly kmsKeyArn?: string | undefined;
  /** Whether there is a key, which may be known before its ARN is. @default whether `kmsKeyArn` is given */
  readonly hasKmsKey?: boolean | undefined;
  readonly encryptionContext?: Readonly<Record<string, string | undefined>> | undefined;
  readonly dataFilter?: string | undefined;
  /** The entities that the source selects. @default none: all of them */
  readonly entities?: readonly string[] | undefined;
  readonly tables?: Readonly<Record<string, TableFacts | undefined>> | undefined;
}

/** Refuses an integration that AWS would not make. */
export function integrationRules(integration: IntegrationFacts): Issue[] {
  const { sourceKind, refreshInterval, kmsKeyArn, tables, keyColumns, sourceTables } = integration;
  return [
    ...pairRules(integration),
    ...lakeFormationRules(integration),
    ...nameRules(integration),
    ...lengthRules(
      "description-length",
      ["description"],
      "description",
      integration.description,
      DESCRIPTION,
    ),
    ...under(["refreshInterval"], refreshIntervalRules(refreshInterval, sourceKind)),
    ...redshiftIntervalRules(integration),
    ...continuousSyncRules(integration),
    ...kmsKeyArnRules(["kmsKeyArn"], "kmsKeyArn", kmsKeyArn),
    ...encryptionContextRules(integration),
    ...dataFilterRules(integration),
    ...under(["tables"], tableRules(tables, { keyColumns, sourceTables })),
    ...tableTargetRules(integration),
  ];
}

/** Refuses a pair that cannot be, and warns of one that AWS does not document by name. */
export function pairRules({
  sourceKind,
  targetKind,
}: Pick<IntegrationFacts, "sourceKind" | "targetKind">): Issue[] {
  if (sourceKind === undefined || targetKind === undefined) return [];
  const support = pairSupport(sourceKind, targetKind);
  if (support === "documented") return [];
  const got = `${sourceKind} to ${targetKind}`;
  if (support === "impossible") {
    return [
      error(
        "impossible-pair",
        ["target"],
        `a source of type ${sourceKind} cannot replicate into a target of type ${targetKind}`,
        {
          got,
          expected: `${sourceKind} to ${possibleTargets(sourceKind).join(" or ")}`,
        },
      ),
    ];
  }
  const message =
    support === "general"
      ? `AWS documents ${got} in general terms only`
      : `AWS documents nothing about ${got}`;
  return [
    warning("undocumented-pair", ["target"], message, {
      remedy: "try it in a test account before you rely on it",
    }),
  ];
}

/** Warns of a pair that does not work without Lake Formation permissions, where the target grants none. */
export function lakeFormationRules({
  sourceKind,
  targetKind,
  lakeFormation,
}: Pick<IntegrationFacts, "sourceKind" | "targetKind" | "lakeFormation">): Issue[] {
  // User guide, "Additional Salesforce Configuration".
  if (sourceKind !== "salesforce" || targetKind !== "glue-database" || lakeFormation !== false) return [];
  return [
    warning(
      "salesforce-lake-formation",
      ["target"],
      "a Salesforce source needs Lake Formation permissions on the Glue database",
      {
        remedy:
          "set lakeFormation of the target, or grant its role the permissions yourself: ingestion fails without them",
      },
    ),
  ];
}

function throughRedshift({ sourceKind, targetKind }: IntegrationFacts): boolean {
  if (sourceKind === undefined || targetKind === undefined) return false;
  return integrationApi(sourceKind, targetKind) === "redshift";
}

function nameRules(integration: IntegrationFacts): Issue[] {
  const { name } = integration;
  const issues = lengthRules("integration-name-length", ["name"], "integration name", name, INTEGRATION_NAME);
  // The API of Redshift is stricter than the one of Glue.
  if (name === undefined || issues.length > 0 || !throughRedshift(integration)) return issues;
  const { max } = REDSHIFT_INTEGRATION_NAME;
  if (REDSHIFT_INTEGRATION_NAME_PATTERN.test(name) && name.length <= max) return [];
  return [
    error("redshift-integration-name", ["name"], "integration name is not one that Redshift takes", {
      got: show(name),
      expected: `up to ${max} letters, digits and single hyphens, beginning with a letter and not ending with a hyphen`,
    }),
  ];
}

function redshiftIntervalRules(integration: IntegrationFacts): Issue[] {
  const { refreshInterval, targetKind } = integration;
  if (targetKind !== "redshift" || refreshInterval === undefined) return [];
  const minutes = parseRefreshInterval(refreshInterval);
  if (minutes === undefined) return [];
  const statement = `ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL ${minutes * 60}`;
  if (throughRedshift(integration)) return noRefreshIntervalRules(statement);
  return [
    note(
      "refresh-interval-redshift",
      ["refreshInterval"],
      "the refresh interval of a Redshift target can be set here only before the integration exists",
      {
        remedy: `later, run in the warehouse: ${statement}`,
      },
    ),
  ];
}

/** Refuses an interval where the API of Redshift makes the integration; the statement sets it in the warehouse. */
export function noRefreshIntervalRules(
  statement = "ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL seconds",
): Issue[] {
  return [
    error(
      "no-refresh-interval",
      ["refreshInterval"],
      "an integration of DynamoDB into a Redshift warehouse takes no refresh interval",
      {
        at: "key",
        remedy: `remove refreshInterval, and run in the warehouse: ${statement}`,
      },
    ),
  ];
}

function continuousSyncRules({ continuousSync, sourceKind }: IntegrationFacts): Issue[] {
  if (continuousSync !== false || (sourceKind !== "dynamodb" && sourceKind !== "oracle")) return [];
  return [
    error("continuous-sync", ["continuousSync"], `a source of type ${sourceKind} has no one-off snapshot`, {
      got: "false",
      expected: "true, or no value",
      remedy: "remove continuousSync; only sources with a connection take false",
    }),
  ];
}

function encryptionContextRules({
  encryptionContext,
  kmsKeyArn,
  hasKmsKey = kmsKeyArn !== undefined,
}: IntegrationFacts): Issue[] {
  if (encryptionContext === undefined || hasKmsKey) return [];
  return [
    error("encryption-context-without-key", ["encryptionContext"], "an encryption context needs a key", {
      at: "key",
      remedy: "add kmsKeyArn, or remove encryptionContext",
    }),
  ];
}

function dataFilterRules({ dataFilter, entities, sourceKind }: IntegrationFacts): Issue[] {
  if (dataFilter === undefined) return [];
  if (sourceKind === "dynamodb") {
    return [
      error("data-filter-dynamodb", ["dataFilter"], "a DynamoDB source takes no data filter", {
        at: "key",
        remedy: "remove it: the integration replicates the whole table",
      }),
    ];
  }
  const issues = lengthRules("data-filter-length", ["dataFilter"], "data filter", dataFilter, DATA_FILTER);
  const selector =
    sourceKind === "oracle" ? "pluggableDatabase" : entities === undefined ? undefined : "entities";
  if (selector !== undefined) {
    issues.push(
      error(
        "data-filter-conflict",
        ["dataFilter"],
        `dataFilter and ${selector} of the source both select what is replicated`,
        {
          at: "key",
          remedy:
            sourceKind === "oracle"
              ? "remove dataFilter, and use include and exclude of the source"
              : "remove one of the two",
        },
      ),
    );
  }
  return issues;
}

function tableTargetRules({ tables, targetKind }: IntegrationFacts): Issue[] {
  if (tables === undefined) return [];
  if (targetKind === "redshift") {
    return [
      error("table-options-target", ["tables"], "a Redshift target takes no table options", {
        at: "key",
        remedy: "remove tables, or replicate into a Glue database",
      }),
    ];
  }
  if (targetKind !== "redshift-managed-storage") return [];
  return [
    warning(
      "table-options-target",
      ["tables"],
      "AWS documents no table options for Redshift Managed Storage",
      {
        at: "key",
        remedy: "try it in a test account before you rely on it",
      },
    ),
  ];
}
