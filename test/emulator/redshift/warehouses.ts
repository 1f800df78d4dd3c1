// The data warehouse behind a namespace: a cluster of moto's, or a workgroup.
import { parsePolicy } from "../../support/policy-evaluator";
import type { NamespaceFacts } from "../account";
import { type Arn, nameIn } from "../arns";
import type { AwsClient } from "../client";
import { type Caller, placed } from "../operation";
import type { ZeroEtlState } from "../state";
import { CASE_SENSITIVE, type Cluster, Clusters } from "./clusters";
import { type Workgroup, configParameters, databaseOf } from "./serverless";

/** What takes statements. */
export interface Warehouse {
  readonly namespaceArn: string;
  /** The database that it was made with. */
  readonly database: string;
  /** The master user of a cluster; in a workgroup, whoever calls is taken for an administrator. */
  readonly superuser?: string;
}

export class Warehouses {
  private readonly clusters: Clusters;

  constructor(private readonly state: ZeroEtlState) {
    this.clusters = new Clusters(state);
  }

  /** Undefined where there is no such namespace. */
  async facts(arn: Arn, moto: AwsClient): Promise<NamespaceFacts | undefined> {
    const policy = this.state.namespacePolicies.get(arn.text);
    const common = policy === undefined ? {} : { policy: parsePolicy(policy) };
    if (nameIn(arn, "redshift-serverless", "namespace/") !== undefined) {
      const namespace = [...this.state.serverlessNamespaces.values()].find((one) => one.arn === arn.text);
      if (namespace === undefined) return undefined;
      const workgroup = this.workgroupOf(arn, namespace.name);
      if (workgroup === undefined)
        return { ...common, available: false, encrypted: true, caseSensitive: false };
      const caseSensitive = configParameters(workgroup).some(
        ({ parameterKey, parameterValue }) => parameterKey === CASE_SENSITIVE && parameterValue === "true",
      );
      return { ...common, available: true, encrypted: true, caseSensitive };
    }
    if (nameIn(arn, "redshift", "namespace:") === undefined) return undefined;
    const cluster = await this.clusterOf(arn, moto);
    return (
      cluster && {
        ...common,
        available: cluster.ClusterStatus === "available",
        encrypted: cluster.Encrypted,
        caseSensitive: this.clusters.isCaseSensitive(arn, cluster),
        nodeType: cluster.NodeType,
      }
    );
  }

  /** By the name of a cluster or a workgroup. */
  async find(
    caller: Caller,
    by: { readonly cluster: string } | { readonly workgroup: string },
    moto: AwsClient,
  ): Promise<Warehouse | undefined> {
    if ("cluster" in by) {
      const clusters = await this.clusters.describe(moto);
      const found = clusters.find(({ ClusterIdentifier }) => ClusterIdentifier === by.cluster);
      if (found === undefined) return undefined;
      const namespaceArn = this.clusters.namespaceArn(caller, by.cluster);
      return { namespaceArn, database: found.DBName, superuser: found.MasterUsername };
    }
    const workgroup = this.state.workgroups.get(placed(caller, by.workgroup));
    const namespace = this.state.serverlessNamespaces.get(placed(caller, workgroup?.namespaceName ?? ""));
    return namespace && { namespaceArn: namespace.arn, database: databaseOf(namespace) };
  }

  private workgroupOf(arn: Arn, namespaceName: string): Workgroup | undefined {
    const here = `:${arn.region}:${arn.account}:`;
    return [...this.state.workgroups.values()].find(
      (one) => one.namespaceName === namespaceName && one.arn.includes(here),
    );
  }

  private async clusterOf(arn: Arn, moto: AwsClient): Promise<Cluster | undefined> {
    const clusters = await this.clusters.describe(moto);
    return clusters.find(
      ({ ClusterIdentifier }) => this.clusters.namespaceArn(arn, ClusterIdentifier) === arn.text,
    );
  }
}
