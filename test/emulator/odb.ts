// Oracle Database@AWS, as far as an integration looks at it: VM clusters and whether their network lets zero-ETL in. What
// else the API asks for to make them is left to the caller and neither checked nor kept.
import { randomBytes } from "node:crypto";
import type { Caller, Operations } from "./operation";
import type { ZeroEtlState } from "./state";
import { AwsError, type JsonObject } from "./wire";

export interface OdbNetwork {
  readonly arn: string;
  readonly id: string;
  readonly displayName: string;
  zeroEtlAccess: "ENABLED" | "DISABLED";
}

export interface VmCluster {
  readonly arn: string;
  readonly id: string;
  readonly displayName: string;
  readonly networkArn: string;
}

export function odbOperations({ vmClusters, odbNetworks }: ZeroEtlState): Operations {
  const network = (caller: Caller, id: unknown): OdbNetwork =>
    found(odbNetworks.get(arnOf(caller, `odb-network/${String(id)}`)), id);

  const create =
    (kind: string, member: string) =>
    ({ caller, input }: { readonly caller: Caller; readonly input: JsonObject }): JsonObject => {
      // AWS chooses the id; a test may ask for one, so that it can be written down beforehand.
      const id = String(input[member] ?? newId(kind === "cloud-vm-cluster" ? "exavm" : "avmc"));
      const arn = arnOf(caller, `${kind}/${id}`);
      const networkArn = network(caller, input["odbNetworkId"]).arn;
      vmClusters.set(arn, { arn, id, displayName: text(input, "displayName"), networkArn });
      return { [member]: id, displayName: input["displayName"], status: "AVAILABLE" };
    };
  const get =
    (kind: string, member: string) =>
    ({ caller, input }: { readonly caller: Caller; readonly input: JsonObject }): JsonObject => {
      const cluster = found(vmClusters.get(arnOf(caller, `${kind}/${String(input[member])}`)), input[member]);
      const { arn, id, displayName, networkArn } = cluster;
      const presented = {
        [member]: id,
        [member.replace(/Id$/, "Arn")]: arn,
        displayName,
        odbNetworkId: networkArn.split("/").at(-1),
        status: "AVAILABLE",
      };
      return { [member.replace(/Id$/, "")]: presented };
    };

  return {
    "odb.CreateOdbNetwork": ({ caller, input }) => {
      const id = newId("odbnet");
      const arn = arnOf(caller, `odb-network/${id}`);
      const zeroEtlAccess = input["zeroEtlAccess"] === "ENABLED" ? "ENABLED" : "DISABLED";
      odbNetworks.set(arn, { arn, id, displayName: text(input, "displayName"), zeroEtlAccess });
      return { odbNetworkId: id, displayName: input["displayName"], status: "AVAILABLE" };
    },
    "odb.UpdateOdbNetwork": ({ caller, input }) => {
      const changed = network(caller, input["odbNetworkId"]);
      changed.zeroEtlAccess = input["zeroEtlAccess"] === "ENABLED" ? "ENABLED" : "DISABLED";
      return { odbNetworkId: changed.id };
    },
    "odb.GetOdbNetwork": ({ caller, input }) => {
      const { id, arn, displayName, zeroEtlAccess } = network(caller, input["odbNetworkId"]);
      const managedServices = { zeroEtlAccess: { status: zeroEtlAccess } };
      return { odbNetwork: { odbNetworkId: id, odbNetworkArn: arn, displayName, managedServices } };
    },
    "odb.CreateCloudVmCluster": create("cloud-vm-cluster", "cloudVmClusterId"),
    "odb.GetCloudVmCluster": get("cloud-vm-cluster", "cloudVmClusterId"),
    "odb.CreateCloudAutonomousVmCluster": create("cloud-autonomous-vm-cluster", "cloudAutonomousVmClusterId"),
    "odb.GetCloudAutonomousVmCluster": get("cloud-autonomous-vm-cluster", "cloudAutonomousVmClusterId"),
  };
}

function arnOf({ account, region }: Caller, resource: string): string {
  return `arn:aws:odb:${region}:${account}:${resource}`;
}

function newId(prefix: string): string {
  return `${prefix}_${randomBytes(5).toString("hex")}`;
}

function text(input: JsonObject, member: string): string {
  const value = input[member];
  if (typeof value !== "string") throw new AwsError("ValidationException", `${member} must be given.`);
  return value;
}

function found<T>(one: T | undefined, id: unknown): T {
  if (one === undefined) {
    throw new AwsError("ResourceNotFoundException", `Resource ${String(id)} was not found.`);
  }
  return one;
}
