// What only the account knows of a Redshift Serverless workgroup, asked once per workgroup at plan.
import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import { DataAwsRedshiftserverlessNamespace } from "@cdktf/provider-aws/lib/data-aws-redshiftserverless-namespace";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../environment";
import { findOrMake, namespace } from "../shared/namespace";
import type { RedshiftWarehouse, SqlAccess } from "./redshift-warehouse";
import { caseSensitive, inPlace } from "./redshift-warehouse";

/** A workgroup that exists already, with its namespace; a plan fails where integrations cannot replicate into it. */
export class RedshiftWorkgroupLookup extends Construct implements RedshiftWarehouse {
  /** The lookup of that workgroup in the environment's stack, made at the first call. */
  static of(environment: Environment, workgroup: string): RedshiftWorkgroupLookup {
    const scope = namespace(environment.ownerScope, "RedshiftWorkgroup");
    return findOrMake(
      scope,
      workgroup,
      (id) => new RedshiftWorkgroupLookup(scope, id, environment, workgroup),
    );
  }

  readonly namespaceArn: string;
  readonly dependencies: readonly ITerraformDependable[];
  readonly sqlAccess: SqlAccess;

  private constructor(scope: Construct, id: string, environment: Environment, workgroup: string) {
    super(scope, id);
    const what = `the Redshift Serverless workgroup ${workgroup}`;
    const data = new DataAwsCloudcontrolapiResource(this, "Resource", {
      ...environment.providerConfig,
      // The data source that hashicorp/aws has for workgroups does not tell their parameters.
      typeName: "AWS::RedshiftServerless::Workgroup",
      identifier: workgroup,
      lifecycle: {
        postcondition: [
          {
            condition: caseSensitive(
              "jsondecode(self.properties).Workgroup.ConfigParameters",
              "ParameterKey",
            ),
            errorMessage: `${what} does not set enable_case_sensitive_identifier to true, and integrations need that. Set it: aws redshift-serverless update-workgroup --workgroup-name ${workgroup} --config-parameters parameterKey=enable_case_sensitive_identifier,parameterValue=true`,
          },
        ],
      },
    });
    const ofNamespace = new DataAwsRedshiftserverlessNamespace(this, "Namespace", {
      ...environment.providerConfig,
      namespaceName: `\${jsondecode(${data.fqn}.properties).Workgroup.NamespaceName}`,
      lifecycle: { postcondition: [inPlace(environment, what, "self.arn")] },
    });
    this.namespaceArn = ofNamespace.arn;
    this.sqlAccess = { workgroupName: workgroup, database: ofNamespace.dbName };
    this.dependencies = [data, ofNamespace];
  }
}
