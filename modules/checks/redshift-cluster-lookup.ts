// What only the account knows of a provisioned Redshift cluster, asked once per cluster at plan.
import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import { DataAwsRedshiftCluster } from "@cdktf/provider-aws/lib/data-aws-redshift-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../environment";
import { findOrMake, namespace } from "../shared/namespace";
import type { RedshiftWarehouse, SqlAccess } from "./redshift-warehouse";
import { caseSensitive, inPlace } from "./redshift-warehouse";
import { TerraformCheck } from "./terraform-check";

/** A cluster that exists already; a plan fails where integrations cannot replicate into it. */
export class RedshiftClusterLookup extends Construct implements RedshiftWarehouse {
  /** The lookup of that cluster in the environment's stack, made at the first call. */
  static of(environment: Environment, cluster: string): RedshiftClusterLookup {
    const scope = namespace(environment.ownerScope, "RedshiftCluster");
    return findOrMake(scope, cluster, (id) => new RedshiftClusterLookup(scope, id, environment, cluster));
  }

  readonly namespaceArn: string;
  readonly dependencies: readonly ITerraformDependable[];
  readonly sqlAccess: SqlAccess;

  private constructor(scope: Construct, id: string, environment: Environment, cluster: string) {
    super(scope, id);
    const what = `the Redshift cluster ${cluster}`;
    const data = new DataAwsRedshiftCluster(this, "Resource", {
      ...environment.providerConfig,
      clusterIdentifier: cluster,
      lifecycle: {
        postcondition: [
          inPlace(environment, what, "self.cluster_namespace_arn"),
          {
            condition: "${self.encrypted == true}",
            errorMessage: `${what} is not encrypted, and integrations replicate into encrypted clusters only. Encrypt it: aws redshift modify-cluster --cluster-identifier ${cluster} --encrypted`,
          },
        ],
      },
    });
    this.namespaceArn = data.clusterNamespaceArn;
    // A database of an integration can be made by a superuser only, and the master user is one.
    this.sqlAccess = {
      clusterIdentifier: cluster,
      database: data.databaseName,
      dbUser: data.masterUsername,
    };
    this.dependencies = [data, this.lookUpParameters(environment, what, data.clusterParameterGroupName)];
    this.adviseOnNodes(what, `${data.fqn}.node_type`);
  }

  private lookUpParameters(
    environment: Environment,
    what: string,
    group: string,
  ): DataAwsCloudcontrolapiResource {
    return new DataAwsCloudcontrolapiResource(this, "Parameters", {
      ...environment.providerConfig,
      // hashicorp/aws has no data source of its own for parameter groups.
      typeName: "AWS::Redshift::ClusterParameterGroup",
      identifier: group,
      lifecycle: {
        postcondition: [
          {
            condition: caseSensitive("jsondecode(self.properties).Parameters", "ParameterName"),
            errorMessage: `${what} has the parameter group \${self.identifier}, which does not set enable_case_sensitive_identifier to true, and integrations need that. Set it and reboot the cluster, which needs a parameter group of its own where it has the default one: aws redshift modify-cluster-parameter-group --parameter-group-name \${self.identifier} --parameters ParameterName=enable_case_sensitive_identifier,ParameterValue=true`,
          },
        ],
      },
    });
  }

  // Redshift management guide, "Create and configure a target Amazon Redshift data warehouse". New families come, so that it is
  // no more than advice.
  private adviseOnNodes(what: string, nodeType: string): void {
    new TerraformCheck(this, "NodeType", {
      condition: `\${try(startswith(${nodeType}, "ra3."), false)}`,
      errorMessage: `${what} has nodes of type \${try(coalesce(${nodeType}), "unknown")}: AWS documents zero-ETL integrations for RA3 nodes and for Redshift Serverless. Try it in a test account before you rely on it, or resize the cluster.`,
    });
  }
}
