// Redshift warehouses, and the policy of their namespaces.
import { DataAwsCloudcontrolapiResource } from "@cdktf/provider-aws/lib/data-aws-cloudcontrolapi-resource";
import { DataAwsRedshiftCluster } from "@cdktf/provider-aws/lib/data-aws-redshift-cluster";
import { DataAwsRedshiftserverlessNamespace } from "@cdktf/provider-aws/lib/data-aws-redshiftserverless-namespace";
import { RedshiftResourcePolicy } from "@cdktf/provider-aws/lib/redshift-resource-policy";
import type { ITerraformDependable, Postcondition } from "cdktf";
import type { Warehouse } from "../fleet";
import { REGION } from "../fleet";
import type { Kit } from "./kit";
import { namespacePolicy } from "./policies";
import type { Target } from "./targets";

interface Namespace {
  readonly arn: string;
  readonly dependencies: readonly ITerraformDependable[];
}

export function makeWarehouse(
  kit: Kit,
  label: string,
  target: Warehouse,
  sources: readonly string[],
): Target {
  const { arn, dependencies } =
    "cluster" in target
      ? lookUpCluster(kit, label, target.cluster)
      : lookUpWorkgroup(kit, label, target.workgroup);
  const namespace = new RedshiftResourcePolicy(kit.stack, `${label}-namespace-policy`, {
    resourceArn: arn,
    policy: namespacePolicy(arn, sources),
    dependsOn: [...dependencies],
  });
  return { arn, dependencies: [namespace] };
}

function lookUpWorkgroup({ stack, place }: Kit, label: string, workgroup: string): Namespace {
  const what = `the Redshift Serverless workgroup ${workgroup}`;
  const data = new DataAwsCloudcontrolapiResource(stack, `${label}-workgroup`, {
    typeName: "AWS::RedshiftServerless::Workgroup",
    identifier: workgroup,
    lifecycle: {
      postcondition: [
        {
          condition: caseSensitive("jsondecode(self.properties).Workgroup.ConfigParameters", "ParameterKey"),
          errorMessage: `${what} does not set enable_case_sensitive_identifier to true, and integrations need that. Set it: aws redshift-serverless update-workgroup --workgroup-name ${workgroup} --config-parameters parameterKey=enable_case_sensitive_identifier,parameterValue=true`,
        },
      ],
    },
  });
  const namespace = new DataAwsRedshiftserverlessNamespace(stack, `${label}-namespace`, {
    namespaceName: `\${jsondecode(${data.fqn}.properties).Workgroup.NamespaceName}`,
    lifecycle: { postcondition: [inPlace(place.account, what, "self.arn")] },
  });
  return { arn: namespace.arn, dependencies: [data, namespace] };
}

function lookUpCluster({ stack, place }: Kit, label: string, cluster: string): Namespace {
  const what = `the Redshift cluster ${cluster}`;
  const data = new DataAwsRedshiftCluster(stack, `${label}-cluster`, {
    clusterIdentifier: cluster,
    lifecycle: {
      postcondition: [
        inPlace(place.account, what, "self.cluster_namespace_arn"),
        {
          condition: "${self.encrypted == true}",
          errorMessage: `${what} is not encrypted, and integrations replicate into encrypted clusters only. Encrypt it: aws redshift modify-cluster --cluster-identifier ${cluster} --encrypted`,
        },
      ],
    },
  });
  const parameters = new DataAwsCloudcontrolapiResource(stack, `${label}-parameters`, {
    typeName: "AWS::Redshift::ClusterParameterGroup",
    identifier: data.clusterParameterGroupName,
    lifecycle: {
      postcondition: [
        {
          condition: caseSensitive("jsondecode(self.properties).Parameters", "ParameterName"),
          errorMessage: `${what} has the parameter group \${self.identifier}, which does not set enable_case_sensitive_identifier to true, and integrations need that. Set it and reboot the cluster, which needs a parameter group of its own where it has the default one: aws redshift modify-cluster-parameter-group --parameter-group-name \${self.identifier} --parameters ParameterName=enable_case_sensitive_identifier,ParameterValue=true`,
        },
      ],
    },
  });
  const nodeType = `${data.fqn}.node_type`;
  stack.addOverride(`check.${label}-node-type.assert`, [
    {
      condition: `\${try(startswith(${nodeType}, "ra3."), false)}`,
      error_message: `${what} has nodes of type \${try(coalesce(${nodeType}), "unknown")}: AWS documents zero-ETL integrations for RA3 nodes and for Redshift Serverless. Try it in a test account before you rely on it, or resize the cluster.`,
    },
  ]);
  return { arn: data.clusterNamespaceArn, dependencies: [data, parameters] };
}

function inPlace(account: string, what: string, attribute: string): Postcondition {
  return {
    condition: `\${(try(join(":", slice(split(":", ${attribute}), 3, 5)), "") == "${REGION}:${account}")}`,
    errorMessage: `${what} is not in the account and region of its environment: the provider found \${coalesce(${attribute}, "no namespace")}. Check the account and region that were declared, and the credentials of this run.`,
  };
}

function caseSensitive(parameters: string, name: string): string {
  const parameter = `try(p.${name}, "") == "enable_case_sensitive_identifier" && try(lower(p.ParameterValue), "") == "true"`;
  return `\${anytrue([for p in try(${parameters}, []) : ${parameter}])}`;
}
