// What only the account knows of an existing Glue database, asked at plan.
import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import type { Construct } from "constructs";
import type { Environment } from "../environment";

/** A database that exists already; a plan fails where it is missing, has no location, or another one than declared. */
export class GlueDatabaseLookup extends DataAwsCloudcontrolapiResource {
  constructor(scope: Construct, id: string, environment: Environment, database: string, location: string) {
    const found = 'try(trimsuffix(jsondecode(self.properties).DatabaseInput.LocationUri, "/"), "")';
    const declared = location.replace(/\/$/, "");
    super(scope, id, {
      ...environment.providerConfig,
      // hashicorp/aws has no data source of its own for Glue databases.
      typeName: "AWS::Glue::Database",
      identifier: database,
      lifecycle: {
        postcondition: [
          {
            condition: `\${${found} != ""}`,
            errorMessage: `the Glue database ${database} has no location, and an integration cannot write without one. Set it: LocationUri = ${location}`,
          },
          {
            condition: `\${contains(["", "${declared}"], ${found})}`,
            errorMessage: `the Glue database ${database} is located at \${${found}}, not at ${location} as declared. Declare the location that it has: the permissions of the target role are made from it.`,
          },
        ],
      },
    });
  }
}
