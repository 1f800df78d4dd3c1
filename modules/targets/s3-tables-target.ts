// An S3 table bucket, through its catalog in the Glue Data Catalog, as a target.
import { S3TablesTableBucket } from "@cdktf/provider-aws/lib/s3tables-table-bucket";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { S3_TABLES_CATALOG, s3TablesCatalogArn } from "../../lib/arn";
import { s3TablesResources } from "../../lib/policy/catalog";
import { s3TablesRoleStatements } from "../../lib/policy/target-role";
import { s3TablesTargetRules } from "../../lib/rules/targets";
import { TableBucketLookup } from "../checks/s3-tables-lookup";
import { literalRules, report } from "../report";
import { FederatedCatalog } from "../shared/federated-catalog";
import { Registry } from "../shared/registry";
import { literals } from "../tokens";
import type { CatalogResource, CatalogTargetProps } from "./catalog-target";
import { CatalogTarget } from "./catalog-target";

export interface S3TablesTargetProps extends CatalogTargetProps {
  /** Name of the table bucket, 3 to 63 characters (Amazon S3 Tables naming rules). */
  readonly tableBucket: string;
  /** Whether the table bucket is made here, encrypted with `kmsKeyArn` where that is given, or exists and is checked at plan. @default false */
  readonly create?: boolean;
  /** Name of the catalog that the analytics integration of S3 Tables made. @default "s3tablescatalog" */
  readonly catalog?: string;
  /**
   * Whether the analytics integration of S3 Tables is made here, for an account and region that has none: the catalog
   * `s3tablescatalog`, once for all targets of the environment, with `prevent_destroy`. Cloud Control cannot say who may use its
   * tables by default, so who reads them may need a grant (docs/decisions/0007). @default false: the catalog exists
   */
  readonly createCatalog?: boolean;
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
      tableBucket,
      database: defaultNamespace,
    };
  }

  protected prepare(): ITerraformDependable[] {
    const { environment } = this;
    const catalog = FederatedCatalog.of(environment, this.catalog);
    if (this.props.createCatalog === true) catalog.create();
    const { tableBucket, create } = this.props;
    const bucket =
      create === true
        ? this.makeBucket()
        : new TableBucketLookup(this, "TableBucket", environment, tableBucket);
    return [bucket, catalog];
  }

  private makeBucket(): S3TablesTableBucket {
    const { environment } = this;
    const { tableBucket, kmsKeyArn } = this.props;
    Registry.of(this).claim({
      document: `the table bucket ${tableBucket}`,
      key: environment.key,
      owner: this,
      remedy: "use one target for all integrations that write into a table bucket",
    });
    return new S3TablesTableBucket(this, "TableBucket", {
      ...environment.providerConfig,
      name: tableBucket,
      ...(kmsKeyArn !== undefined && { encryptionConfiguration: { sseAlgorithm: "aws:kms", kmsKeyArn } }),
    });
  }
}

// The namespace of an integration that names none (Glue API, IntegrationConfig.TargetNamespace, which Cloud Control does not take).
function defaultNamespace(integrationId: string): string {
  return `zetl_\${replace("${integrationId}", "-", "_")}`;
}
