// The catalog through which the Glue Data Catalog shows the table buckets of an account and region.
import type { Construct } from "constructs";
import { S3_TABLES_CATALOG, tableBucketArn } from "../../lib/arn";
import schema from "../../lib/facts/cloudformation/aws-glue-catalog.json";
import type { Json } from "../../lib/json";
import type { Environment } from "../environment";
import { CloudControlResource } from "./cloud-control-resource";

/** Name of the connection between Glue and S3 Tables; AWS keeps it (S3 user guide, "Integrating Amazon S3 Tables"). */
export const S3_TABLES_CONNECTION = "aws:s3tables";

/**
 * The analytics integration of S3 Tables in Terraform. It cannot be destroyed: every table bucket of the account and region
 * is seen through it.
 */
export class FederatedCatalogResource extends CloudControlResource {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, {
      environment,
      typeName: "AWS::Glue::Catalog",
      schema: schema as unknown as Json,
      // No default permissions, because the schema has their members as read-only. No tags: the catalog is the account's, not
      // the stack's, and users report that Glue fails to change tags of a catalog.
      desiredState: {
        Name: S3_TABLES_CATALOG,
        FederatedCatalog: {
          Identifier: tableBucketArn(environment, "*"),
          ConnectionName: S3_TABLES_CONNECTION,
        },
      },
      lifecycle: { preventDestroy: true },
    });
  }
}
