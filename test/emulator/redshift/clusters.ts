// Clusters and their parameter groups: moto keeps both, but knows neither namespaces nor parameters that somebody has set.
import { randomUUID } from "node:crypto";
import type { AwsClient } from "../client";
import { type Caller, type Operations, placed } from "../operation";
import type { ZeroEtlState } from "../state";
import { AwsError, type JsonObject } from "../wire";

/** The members of a described cluster that are read here. */
export interface Cluster extends JsonObject {
  readonly ClusterIdentifier: string;
  readonly NodeType: string;
  readonly DBName: string;
  readonly MasterUsername: string;
  readonly ClusterStatus: string;
  readonly Encrypted: boolean;
  readonly ClusterParameterGroups?: readonly { readonly ParameterGroupName: string }[];
}

export interface Parameter extends JsonObject {
  readonly ParameterName: string;
  readonly ParameterValue: string;
}

export const CASE_SENSITIVE = "enable_case_sensitive_identifier";

/** What a parameter group says as long as nobody has set anything, as far as zero-ETL cares. */
const DEFAULTS: Readonly<Record<string, string>> = { [CASE_SENSITIVE]: "false" };

export class Clusters {
  constructor(private readonly state: ZeroEtlState) {}

  async describe(moto: AwsClient, form: Readonly<Record<string, string>> = {}): Promise<Cluster[]> {
    const described = await moto.query("redshift", "DescribeClusters", form);
    return described["Clusters"] as Cluster[];
  }

  /** The id is made with the first look, or chosen when the cluster is made. */
  namespaceArn(caller: Caller, identifier: string): string {
    const key = placed(caller, identifier);
    const id = this.state.clusterNamespaces.get(key) ?? randomUUID();
    this.state.clusterNamespaces.set(key, id);
    return `arn:aws:redshift:${caller.region}:${caller.account}:namespace:${id}`;
  }

  forget(caller: Caller, identifier: string): void {
    const arn = this.namespaceArn(caller, identifier);
    this.state.clusterNamespaces.delete(placed(caller, identifier));
    this.state.namespacePolicies.delete(arn);
    this.state.warehouseDatabases.delete(arn);
  }

  /** Every parameter that matters here, whether it was set or not. */
  parameters(caller: Caller, group: string): Readonly<Record<string, string>> {
    const set = this.state.clusterParameters.get(placed(caller, group));
    return { ...DEFAULTS, ...Object.fromEntries(set ?? []) };
  }

  isCaseSensitive(caller: Caller, { ClusterParameterGroups: groups = [] }: Cluster): boolean {
    return groups.some(
      ({ ParameterGroupName }) => this.parameters(caller, ParameterGroupName)[CASE_SENSITIVE] === "true",
    );
  }
}

export function clusterOperations(state: ZeroEtlState, clusters: Clusters): Operations {
  const withNamespace = (caller: Caller, cluster: Cluster): JsonObject => ({
    // The provider refuses a cluster that says nothing of these two.
    AvailabilityZoneRelocationStatus: "disabled",
    MultiAZ: "Disabled",
    ...cluster,
    ClusterNamespaceArn: clusters.namespaceArn(caller, cluster.ClusterIdentifier),
  });

  const groupIn = async (moto: AwsClient, input: JsonObject): Promise<string> => {
    const name = String(input["ParameterGroupName"]);
    await moto.query("redshift", "DescribeClusterParameterGroups", { ParameterGroupName: name });
    return name;
  };

  return {
    "redshift.DescribeClusters": async ({ caller, form, moto }) => ({
      Clusters: (await clusters.describe(moto, form)).map((one) => withNamespace(caller, one)),
    }),
    "redshift.CreateCluster": async ({ caller, form, moto }) => {
      // AWS chooses the id; a test may ask for one, so that it can be written down beforehand.
      const { ClusterNamespaceId: chosen, ...asked } = form;
      const made = (await moto.query("redshift", "CreateCluster", asked))["Cluster"] as Cluster;
      if (chosen !== undefined) state.clusterNamespaces.set(placed(caller, made.ClusterIdentifier), chosen);
      return { Cluster: withNamespace(caller, made) };
    },
    "redshift.DeleteCluster": async ({ caller, form, moto }) => {
      const gone = (await moto.query("redshift", "DeleteCluster", form))["Cluster"] as Cluster;
      clusters.forget(caller, gone.ClusterIdentifier);
      return { Cluster: gone };
    },
    "redshift.ModifyClusterParameterGroup": async ({ caller, input, moto }) => {
      const group = await groupIn(moto, input);
      if (group.startsWith("default.")) {
        throw new AwsError("InvalidParameterValue", "Default parameter groups cannot be modified.");
      }
      const key = placed(caller, group);
      const set = state.clusterParameters.get(key) ?? new Map<string, string>();
      for (const { ParameterName, ParameterValue } of parametersIn(input))
        set.set(ParameterName, ParameterValue);
      state.clusterParameters.set(key, set);
      return changed(group);
    },
    "redshift.ResetClusterParameterGroup": async ({ caller, input, moto }) => {
      const group = await groupIn(moto, input);
      const set = state.clusterParameters.get(placed(caller, group));
      if (input["ResetAllParameters"] === true) set?.clear();
      for (const { ParameterName } of parametersIn(input)) set?.delete(ParameterName);
      return changed(group);
    },
    "redshift.DescribeClusterParameters": async ({ caller, input, moto }) => {
      const group = await groupIn(moto, input);
      const set = state.clusterParameters.get(placed(caller, group)) ?? new Map<string, string>();
      const all = Object.entries(clusters.parameters(caller, group)).map(
        ([ParameterName, ParameterValue]): JsonObject => ({
          ParameterName,
          ParameterValue,
          Source: set.has(ParameterName) ? "user" : "engine-default",
          DataType: "string",
          ApplyType: "static",
          IsModifiable: true,
        }),
      );
      return {
        Parameters: all.filter(({ Source }) => input["Source"] === undefined || input["Source"] === Source),
      };
    },
  };
}

function parametersIn(input: JsonObject): readonly Parameter[] {
  return (input["Parameters"] ?? []) as readonly Parameter[];
}

function changed(group: string): JsonObject {
  return {
    ParameterGroupName: group,
    ParameterGroupStatus:
      "Your parameter group has been updated. Changes that need a reboot take effect after one.",
  };
}
