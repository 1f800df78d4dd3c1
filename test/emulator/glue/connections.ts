// Connections of AWS Glue. moto has them, but forgets what they lead to and cannot delete them.
import type { Caller, Operations } from "../operation";
import type { ZeroEtlState } from "../state";
import { AwsError, type JsonObject } from "../wire";

export interface GlueConnection {
  readonly arn: string;
  /** As `CreateConnection` takes it. */
  input: JsonObject;
  readonly createTime: number;
}

export function connectionOperations({ connections }: ZeroEtlState): Operations {
  const arnOf = ({ account, region }: Caller, input: JsonObject, name: unknown): string =>
    `arn:aws:glue:${region}:${String(input["CatalogId"] ?? account)}:connection/${String(name)}`;

  const find = (caller: Caller, input: JsonObject, name: unknown): GlueConnection => {
    const found = connections.get(arnOf(caller, input, name));
    if (found === undefined) {
      throw new AwsError("EntityNotFoundException", `Connection ${String(name)} not found.`);
    }
    return found;
  };

  return {
    "glue.CreateConnection": ({ caller, input }) => {
      const asked = connectionInput(input);
      const arn = arnOf(caller, input, asked["Name"]);
      if (connections.has(arn)) {
        throw new AwsError("AlreadyExistsException", `Connection ${String(asked["Name"])} already exists.`);
      }
      connections.set(arn, { arn, input: asked, createTime: Math.floor(Date.now() / 1000) });
      return { CreateConnectionStatus: "READY" };
    },
    "glue.GetConnection": ({ caller, input }) => ({
      Connection: present(find(caller, input, input["Name"])),
    }),
    "glue.GetConnections": ({ caller, input }) => {
      const prefix = arnOf(caller, input, "");
      const type = (input["Filter"] as { ConnectionType?: string } | undefined)?.ConnectionType;
      const list = [...connections.values()]
        .filter(({ arn }) => arn.startsWith(prefix))
        .filter((one) => type === undefined || one.input["ConnectionType"] === type);
      return { ConnectionList: list.map(present) };
    },
    "glue.UpdateConnection": ({ caller, input }) => {
      find(caller, input, input["Name"]).input = connectionInput(input);
      return {};
    },
    "glue.DeleteConnection": ({ caller, input }) => {
      connections.delete(find(caller, input, input["ConnectionName"]).arn);
      return {};
    },
  };
}

function connectionInput(input: JsonObject): JsonObject {
  const asked = (input["ConnectionInput"] ?? {}) as JsonObject;
  for (const member of ["Name", "ConnectionType"]) {
    if (typeof asked[member] !== "string" || asked[member] === "") {
      throw new AwsError("InvalidInputException", `ConnectionInput.${member} must be given.`);
    }
  }
  return asked;
}

function present({ input, createTime }: GlueConnection): JsonObject {
  return { ...input, CreationTime: createTime, LastUpdatedTime: createTime, Status: "READY" };
}
