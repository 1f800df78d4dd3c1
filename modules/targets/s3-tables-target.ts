// An S3 table bucket, through its catalog in the Glue Data Catalog, as a target.
import { S3TablesTableBucket } from "@cdktf/provider-aws/lib/s3tables-table-bucket";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { S3_TABLES_CATALOG, s3TablesCatalogArn } from "../../lib/arn";
import { s3TablesResources } from "../../lib/policy/catalog";
import { s3TablesRoleStatements } from "../../lib/policy/target-role";
import { s3TablesTargetRules } from "../../lib/rules/targets";
import { FederatedCatalogLookup, TableBucketLookup } from "../checks/s3-tables-lookup";
import { literalRules, report } from "../report";
import { findOrMake, namespace } from "../shared/namespace";
import { Registry } from "../shared/registry";
import { literals } from "../tokens";
import type { CatalogResource, CatalogTargetProps } from "./catalog-target";
import { CatalogTarget } from "./catalog-target";

export interface S3TablesTargetProps extends CatalogTargetProps {
  /** Name of the table bucket, 3 to 63 characters (Amazon S3 Tables naming rules). */
  readonly tableBucket: string;
  /** Whether the table bucket is made here, or exists and is checked at plan. @default false */
  readonly create?: boolean;
  /** Name of the catalog that the analytics integration of S3 Tables made. @default "s3tablescatalog" */
  readonly catalog?: string;
}

/** A table bucket whose tables AWS Glue keeps up to date, in a namespace that it names after the integration. */
export class S3TablesTarget extends CatalogTarget {
  readonly kind = "s3-tables";
  private readonly catalog: string;

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: S3TablesTargetProps,
  ) {
    super(scope, id, props);
    const { tableBucket, catalog = S3_TABLES_CATALOG } = props;
    report(this, [...literalRules({ tableBucket, catalog }), ...s3TablesTargetRules(literals(props))]);
    this.catalog = catalog;
  }

  protected describe(): CatalogResource {
    const { catalog, environment: address } = this;
    const { tableBucket } = this.props;
    return {
      name: `${catalog}/${tableBucket}`,
      roleLabel: tableBucket,
      arn: s3TablesCatalogArn(address, tableBucket, catalog),
      // AWS documents every table bucket of the catalog and nothing narrower: they are one target to the policy.
      policyKey: `${this.kind}/${catalog}`,
      policyResources: s3TablesResources(address, catalog),
      roleStatements: s3TablesRoleStatements({ address, tableBucket }),
    };
  }

  protected prepare(): ITerraformDependable[] {
    const { catalog, environment } = this;
    const { tableBucket } = this.props;
    const catalogs = namespace(environment.ownerScope, "FederatedCatalog");
    const lookup = findOrMake(
      catalogs,
      catalog,
      (id) => new FederatedCatalogLookup(catalogs, id, environment, catalog),
    );
    if (this.props.create !== true)
      return [new TableBucketLookup(this, "TableBucket", environment, tableBucket), lookup];
    Registry.of(this).claim({
      document: `the table bucket ${tableBucket}`,
      key: environment.key,
      owner: this,
      remedy: "use one target for all integrations that write into a table bucket",
    });
    return [
      new S3TablesTableBucket(this, "TableBucket", { ...environment.providerConfig, name: tableBucket }),
      lookup,
    ];
  }
}
