// What only the account knows of a catalog of Redshift Managed Storage, asked once per catalog at plan.
import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import type { Construct } from "constructs";
import { glueNestedCatalogArn } from "../../lib/arn";
import type { Environment } from "../environment";
import { S3_TABLES_CONNECTION } from "../resources/federated-catalog-resource";
import { findOrMake, namespace } from "../shared/namespace";

/** A catalog that exists already; a plan fails where it is missing or that of S3 Tables. */
export class ManagedCatalogLookup extends DataAwsCloudcontrolapiResource {
  /** The lookup of that catalog in the environment's stack, made at the first call. */
  static of(environment: Environment, catalog: string): ManagedCatalogLookup {
    const scope = namespace(environment.ownerScope, "ManagedCatalog");
    return findOrMake(scope, catalog, (id) => new ManagedCatalogLookup(scope, id, environment, catalog));
  }

  private constructor(scope: Construct, id: string, environment: Environment, catalog: string) {
    super(scope, id, {
      ...environment.providerConfig,
      // hashicorp/aws has no data source of its own for catalogs.
      typeName: "AWS::Glue::Catalog",
      identifier: glueNestedCatalogArn(environment, catalog),
      lifecycle: {
        postcondition: [
          {
            // AWS does not publish by what else a catalog of managed storage is known: it may be managed or federated.
            condition: `\${try(jsondecode(self.properties).FederatedCatalog.ConnectionName, "") != "${S3_TABLES_CONNECTION}"}`,
            errorMessage: `the Glue catalog ${catalog} is the catalog of S3 Tables, not one of Redshift Managed Storage. Name a catalog of Redshift, or use a target for S3 Tables.`,
          },
        ],
      },
    });
  }
}
