// What the Glue catalog policy must allow so that integrations can write into a target of the catalog.
import type { AwsAddress } from "../arn";
import { S3_TABLES_CATALOG, glueCatalogArn, glueDatabaseArn, glueNestedCatalogArn } from "../arn";
import { sid } from "../names";
import type { InboundSource } from "./inbound";
import { creationsOf, sorted } from "./inbound";
import { GLUE_SERVICE } from "./principals";
import type { Statement } from "./statement";

/** The right to send data from some sources into one target of the catalog. */
export interface InboundGrant {
  /** What the target is, free of tokens: the statement ids derive from it. */
  readonly targetKey: string;
  /** ARNs of the target, and of the catalog where AWS documents it for the kind of target. */
  readonly resources: readonly string[];
  readonly sources: readonly InboundSource[];
  /** Who may create integrations into the target; none: identity policies and the roots of foreign accounts decide. */
  readonly deployerArns: readonly string[];
}

/**
 * The statements of one target: the service is always authorised; a deployer or a foreign account adds the right to create.
 * Sources of one target share its statements, because the document as a whole is limited in size.
 */
export function inboundStatements({
  targetKey,
  resources,
  sources,
  deployerArns,
}: InboundGrant): Statement[] {
  const shared = (sourceArns: readonly string[]): Pick<Statement, "Condition" | "Effect" | "Resource"> => ({
    Effect: "Allow",
    Resource: sorted(resources),
    Condition: { StringEquals: { "aws:SourceArn": sorted(sourceArns) } },
  });
  const authorize: Statement = {
    ...shared(sources.map(({ arn }) => arn)),
    Sid: sid("ZeroEtlAuthorize", targetKey),
    Principal: { Service: [GLUE_SERVICE] },
    Action: ["glue:AuthorizeInboundIntegration"],
  };
  const creations = creationsOf(sources, deployerArns).map(
    ({ key, principalArns, sourceArns }): Statement => ({
      ...shared(sourceArns),
      Sid: sid("ZeroEtlCreate", targetKey, ...(key === undefined ? [] : [key])),
      Principal: { AWS: principalArns },
      Action: ["glue:CreateInboundIntegration"],
    }),
  );
  return [authorize, ...creations];
}

/** What the catalog policy names for a Glue database (user guide, "Providing a catalog RBAC policy"). */
export function glueDatabaseResources(address: AwsAddress, database: string): string[] {
  return [glueCatalogArn(address), glueDatabaseArn(address, database)];
}

/**
 * What the catalog policy names for S3 Tables (user guide, "Provide Catalog RBAC Policy"). AWS documents every table bucket
 * of the parent catalog and no narrower form, so all table buckets of a catalog are one target to the policy.
 */
export function s3TablesResources(address: AwsAddress, catalog: string = S3_TABLES_CATALOG): string[] {
  return [glueNestedCatalogArn(address, `${catalog}/*`)];
}

/** What the catalog policy names for Redshift Managed Storage; AWS prints it in a walkthrough only: UNVERIFIED. */
export function managedStorageResources(address: AwsAddress, catalog: string): string[] {
  return [glueNestedCatalogArn(address, catalog)];
}
