// A catalog of Redshift Managed Storage as a target.
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { glueNestedCatalogArn } from "../../lib/arn";
import { managedStorageResources } from "../../lib/policy/catalog";
import { managedStorageRoleStatements } from "../../lib/policy/target-role";
import { managedStorageTargetRules } from "../../lib/rules/targets";
import { ManagedCatalogLookup } from "../checks/managed-catalog-lookup";
import { literalRules, report } from "../report";
import { literals } from "../tokens";
import type { CatalogResource, CatalogTargetProps } from "./catalog-target";
import { CatalogTarget } from "./catalog-target";

export interface RedshiftManagedStorageTargetProps extends CatalogTargetProps {
  /** Name of the existing managed or federated catalog, 1 to 64 characters (Glue API); AWS documents 19 for managed ones. */
  readonly catalog: string;
}

/**
 * A catalog on Redshift Managed Storage. UNVERIFIED, because AWS publishes no list: the role that is made here has the
 * permissions on metrics, logs and tables of the catalog which the user guide says in words and prints for other targets, and
 * the policy of the Data Catalog names the catalog as a walkthrough of AWS does. What the guide says beyond that
 * (`MANAGED_STORAGE_UNPUBLISHED`: access to the warehouse and to the Lake Formation catalog) is yours to give, by
 * `extraStatements`, by `roleArn` and in Lake Formation; so are a warehouse with case-sensitive identifiers and its registration
 * with the Data Catalog, of which nothing is checked.
 */
export class RedshiftManagedStorageTarget extends CatalogTarget {
  readonly kind = "redshift-managed-storage";

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RedshiftManagedStorageTargetProps,
  ) {
    super(scope, id, props);
    const { catalog } = props;
    report(this, [...literalRules({ catalog }), ...managedStorageTargetRules(literals(props))]);
  }

  protected describe(): CatalogResource {
    const { environment: address } = this;
    const { catalog } = this.props;
    return {
      name: catalog,
      arn: glueNestedCatalogArn(address, catalog),
      policyResources: managedStorageResources(address, catalog),
      roleStatements: managedStorageRoleStatements({ address, catalog }),
    };
  }

  protected prepare(): ITerraformDependable[] {
    return [ManagedCatalogLookup.of(this.environment, this.props.catalog)];
  }
}
