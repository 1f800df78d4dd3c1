// What only the account knows of S3 Tables, asked at plan.
import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import type { Construct } from "constructs";
import { glueNestedCatalogArn, tableBucketArn } from "../../lib/arn";
import type { Environment } from "../environment";
import { S3_TABLES_CONNECTION } from "../resources/federated-catalog-resource";

/** A table bucket that exists already; a plan fails where it is missing. */
export class TableBucketLookup extends DataAwsCloudcontrolapiResource {
  constructor(scope: Construct, id: string, environment: Environment, tableBucket: string) {
    super(scope, id, {
      ...environment.providerConfig,
      // hashicorp/aws has no data source of its own for table buckets.
      typeName: "AWS::S3Tables::TableBucket",
      identifier: tableBucketArn(environment, tableBucket),
    });
  }
}

/** The catalog that the analytics integration of S3 Tables made; a plan fails where it is missing or leads elsewhere. */
export class FederatedCatalogLookup extends DataAwsCloudcontrolapiResource {
  constructor(scope: Construct, id: string, environment: Environment, catalog: string) {
    super(scope, id, {
      ...environment.providerConfig,
      typeName: "AWS::Glue::Catalog",
      identifier: glueNestedCatalogArn(environment, catalog),
      lifecycle: {
        postcondition: [
          {
            condition: `\${try(jsondecode(self.properties).FederatedCatalog.ConnectionName, "") == "${S3_TABLES_CONNECTION}"}`,
            errorMessage: `the Glue catalog ${catalog} is not the catalog of S3 Tables. Enable the integration of S3 Tables with AWS analytics services in this account and region, or name the catalog that it made.`,
          },
        ],
      },
    });
  }
}
