// What the resource policies of tables, catalogs and namespaces must say, and nothing beyond.
import { type Grant, lineOf } from "../grants";
import { arnAt, sourceArn, targetArn } from "./arns";
import type { Pair, Place } from "./pairs";

const GLUE = "Service:glue.amazonaws.com";
const REDSHIFT = "Service:redshift.amazonaws.com";

export function sortedLines(grants: readonly Grant[]): string[] {
  return [...new Set(grants.map(lineOf))].sort();
}

/** The policy of a DynamoDB table that these pairs replicate: AWS Glue exports for itself, Redshift for its warehouses. */
export function tablePolicy(pairs: readonly Pair[], table: string, place: Place): string[] {
  return sortedLines(
    pairs.flatMap(({ target }) =>
      target.type === "redshift" ? redshiftExport(table, place) : glueExport(place),
    ),
  );
}

/** User guide, "Configuring Amazon DynamoDB source". */
function glueExport(place: Place): Grant[] {
  return ["DescribeExport", "DescribeTable", "ExportTableToPointInTime"].map((action) => ({
    principal: GLUE,
    action: `dynamodb:${action}`,
    resource: "*",
    conditions: [
      `ArnLike aws:SourceArn=${arnAt(place, "glue", "integration:*")}`,
      `StringEquals aws:SourceAccount=${place.account}`,
    ],
  }));
}

/** DynamoDB developer guide, "DynamoDB zero-ETL integration with Amazon Redshift", with the table instead of its star. */
function redshiftExport(table: string, place: Place): Grant[] {
  const arn = arnAt(place, "dynamodb", `table/${table}`);
  return [
    ["DescribeExport", `${arn}/export/*`],
    ["DescribeTable", arn],
    ["ExportTableToPointInTime", arn],
  ].map(([action, resource = ""]) => ({
    principal: REDSHIFT,
    action: `dynamodb:${action}`,
    resource,
    conditions: [
      `ArnEquals aws:SourceArn=${arnAt(place, "redshift", "integration:*")}`,
      `StringEquals aws:SourceAccount=${place.account}`,
    ],
  }));
}

/** The policy of the Data Catalog that these pairs write into (user guide, "Providing a catalog RBAC policy"). */
export function catalogPolicy(pairs: readonly Pair[]): string[] {
  return sortedLines(
    pairs.flatMap((pair) =>
      catalogResources(pair).flatMap((resource) => {
        const conditions = [`StringEquals aws:SourceArn=${sourceArn(pair.source, pair.from)}`];
        const creator = creatorOf(pair);
        return [
          { principal: GLUE, action: "glue:AuthorizeInboundIntegration", resource, conditions },
          ...(creator === undefined
            ? []
            : [{ principal: creator, action: "glue:CreateInboundIntegration", resource, conditions }]),
        ];
      }),
    ),
  );
}

function catalogResources({ target, to }: Pair): string[] {
  switch (target.type) {
    case "glue-database":
      return [arnAt(to, "glue", "catalog"), targetArn(target, to)];
    case "s3-tables":
      // The guide names every table bucket of the catalog.
      return [arnAt(to, "glue", `catalog/${target.catalog ?? "s3tablescatalog"}/*`)];
    case "redshift-managed-storage":
      return [targetArn(target, to)];
    case "redshift":
      return [];
  }
}

/** The policy of a namespace that these pairs write into (Redshift management guide, "Configure authorization"). */
export function namespacePolicy(pairs: readonly Pair[]): string[] {
  return sortedLines(
    pairs.flatMap((pair) => {
      const resource = targetArn(pair.target, pair.to);
      const conditions = [`StringEquals aws:SourceArn=${sourceArn(pair.source, pair.from)}`];
      const creator = creatorOf(pair);
      return [
        { principal: REDSHIFT, action: "redshift:AuthorizeInboundIntegration", resource, conditions },
        ...(creator === undefined
          ? []
          : [{ principal: creator, action: "redshift:CreateInboundIntegration", resource }]),
      ];
    }),
  );
}

/** Whoever is named; otherwise the other account, where there is one. */
function creatorOf({ deployer, from, to }: Pair): string | undefined {
  if (deployer !== undefined) return `AWS:${deployer}`;
  return from.account === to.account ? undefined : `AWS:arn:aws:iam::${from.account}:root`;
}
