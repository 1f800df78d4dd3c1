// Redshift Serverless, which moto does not have: namespaces and workgroups, with what data sources and checks read of them.
import { randomUUID } from "node:crypto";
import { type Caller, type Operations, placed } from "../operation";
import type { ZeroEtlState } from "../state";
import { AwsError, type JsonObject } from "../wire";

interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface ServerlessNamespace {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly settings: JsonObject;
  tags: readonly Tag[];
}

export interface Workgroup {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly namespaceName: string;
  settings: JsonObject;
  tags: readonly Tag[];
}

export interface ConfigParameter {
  readonly parameterKey: string;
  readonly parameterValue: string;
}

/** What AWS gives every workgroup that says nothing else. */
const CONFIG_PARAMETERS: Readonly<Record<string, string>> = {
  auto_mv: "true",
  datestyle: "ISO, MDY",
  enable_case_sensitive_identifier: "false",
  enable_user_activity_logging: "true",
  query_group: "default",
  require_ssl: "true",
  search_path: "$user, public",
  use_fips_ssl: "false",
};

export function configParameters({ settings }: Workgroup): ConfigParameter[] {
  const given = (settings["configParameters"] ?? []) as readonly ConfigParameter[];
  const all = {
    ...CONFIG_PARAMETERS,
    ...Object.fromEntries(given.map(({ parameterKey, parameterValue }) => [parameterKey, parameterValue])),
  };
  return Object.entries(all).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue }));
}

export function databaseOf({ settings }: ServerlessNamespace): string {
  return String(settings["dbName"] ?? "dev");
}

export function serverlessOperations(state: ZeroEtlState): Operations {
  const { serverlessNamespaces: namespaces, workgroups } = state;
  const namespace = (caller: Caller, name: unknown): ServerlessNamespace =>
    found(namespaces.get(placed(caller, String(name))), "namespace", name);
  const workgroup = (caller: Caller, name: unknown): Workgroup =>
    found(workgroups.get(placed(caller, String(name))), "workgroup", name);
  const tagged = (arn: unknown): ServerlessNamespace | Workgroup => {
    const all = [...namespaces.values(), ...workgroups.values()];
    return found(
      all.find((one) => one.arn === arn),
      "resource",
      arn,
    );
  };

  return {
    "redshift-serverless.CreateNamespace": ({ caller, input }) => {
      const name = nameIn(input, "namespaceName");
      if (namespaces.has(placed(caller, name))) throw exists("namespace", name);
      // AWS chooses the id; a test may ask for one, so that it can be written down beforehand.
      const id = String(input["namespaceId"] ?? randomUUID());
      const arn = `arn:aws:redshift-serverless:${caller.region}:${caller.account}:namespace/${id}`;
      const made = { arn, id, name, settings: input, tags: (input["tags"] ?? []) as Tag[] };
      namespaces.set(placed(caller, name), made);
      return { namespace: presentNamespace(made) };
    },
    "redshift-serverless.GetNamespace": ({ caller, input }) => ({
      namespace: presentNamespace(namespace(caller, input["namespaceName"])),
    }),
    "redshift-serverless.ListNamespaces": ({ caller }) => ({
      namespaces: here(caller, namespaces).map((one) => presentNamespace(one)),
    }),
    "redshift-serverless.DeleteNamespace": ({ caller, input }) => {
      const gone = namespace(caller, input["namespaceName"]);
      if (here(caller, workgroups).some(({ namespaceName }) => namespaceName === gone.name)) {
        throw new AwsError("ConflictException", `The namespace ${gone.name} has a workgroup.`);
      }
      namespaces.delete(placed(caller, gone.name));
      state.namespacePolicies.delete(gone.arn);
      state.warehouseDatabases.delete(gone.arn);
      return { namespace: presentNamespace(gone, "DELETING") };
    },
    "redshift-serverless.CreateWorkgroup": ({ caller, input }) => {
      const name = nameIn(input, "workgroupName");
      if (workgroups.has(placed(caller, name))) throw exists("workgroup", name);
      const namespaceName = namespace(caller, input["namespaceName"]).name;
      const id = randomUUID();
      const arn = `arn:aws:redshift-serverless:${caller.region}:${caller.account}:workgroup/${id}`;
      const tags = (input["tags"] ?? []) as Tag[];
      const made: Workgroup = { arn, id, name, namespaceName, settings: input, tags };
      workgroups.set(placed(caller, name), made);
      return { workgroup: presentWorkgroup(made) };
    },
    "redshift-serverless.GetWorkgroup": ({ caller, input }) => ({
      workgroup: presentWorkgroup(workgroup(caller, input["workgroupName"])),
    }),
    "redshift-serverless.ListWorkgroups": ({ caller }) => ({
      workgroups: here(caller, workgroups).map((one) => presentWorkgroup(one)),
    }),
    "redshift-serverless.UpdateWorkgroup": ({ caller, input }) => {
      const changed = workgroup(caller, input["workgroupName"]);
      changed.settings = { ...changed.settings, ...input };
      return { workgroup: presentWorkgroup(changed) };
    },
    "redshift-serverless.DeleteWorkgroup": ({ caller, input }) => {
      const gone = workgroup(caller, input["workgroupName"]);
      workgroups.delete(placed(caller, gone.name));
      return { workgroup: presentWorkgroup(gone, "DELETING") };
    },
    "redshift-serverless.ListTagsForResource": ({ input }) => ({ tags: tagged(input["resourceArn"]).tags }),
    "redshift-serverless.TagResource": ({ input }) => {
      const one = tagged(input["resourceArn"]);
      const added = (input["tags"] ?? []) as readonly Tag[];
      one.tags = [...one.tags.filter(({ key }) => !added.some((tag) => tag.key === key)), ...added];
      return {};
    },
    "redshift-serverless.UntagResource": ({ input }) => {
      const one = tagged(input["resourceArn"]);
      const keys = (input["tagKeys"] ?? []) as readonly string[];
      one.tags = one.tags.filter(({ key }) => !keys.includes(key));
      return {};
    },
    // Users report that this call succeeds and that no integration is authorised by it: Redshift's own call is needed.
    "redshift-serverless.PutResourcePolicy": ({ input }) => ({ resourcePolicy: { ...input } }),
  };
}

function here<T>({ account, region }: Caller, all: ReadonlyMap<string, T>): T[] {
  return [...all].filter(([key]) => key.startsWith(`${account}|${region}|`)).map(([, one]) => one);
}

function presentNamespace(namespace: ServerlessNamespace, status = "AVAILABLE"): JsonObject {
  const { arn, id, name, settings } = namespace;
  return {
    namespaceArn: arn,
    namespaceId: id,
    namespaceName: name,
    adminUsername: settings["adminUsername"] ?? "admin",
    dbName: databaseOf(namespace),
    kmsKeyId: settings["kmsKeyId"] ?? "AWS_OWNED_KMS_KEY",
    iamRoles: settings["iamRoles"] ?? [],
    logExports: settings["logExports"] ?? [],
    creationDate: "2026-01-01T00:00:00Z",
    status,
  };
}

function presentWorkgroup(workgroup: Workgroup, status = "AVAILABLE"): JsonObject {
  const { arn, id, name, namespaceName, settings } = workgroup;
  const address = `${name}.${arn.split(":")[4] ?? ""}.${arn.split(":")[3] ?? ""}.redshift-serverless.amazonaws.com`;
  return {
    workgroupArn: arn,
    workgroupId: id,
    workgroupName: name,
    namespaceName,
    baseCapacity: settings["baseCapacity"] ?? 128,
    configParameters: configParameters(workgroup),
    creationDate: "2026-01-01T00:00:00Z",
    endpoint: { address, port: 5439, vpcEndpoints: [] },
    enhancedVpcRouting: settings["enhancedVpcRouting"] ?? false,
    port: 5439,
    publiclyAccessible: settings["publiclyAccessible"] ?? false,
    securityGroupIds: settings["securityGroupIds"] ?? [],
    subnetIds: settings["subnetIds"] ?? [],
    trackName: settings["trackName"] ?? "current",
    status,
  };
}

function nameIn(input: JsonObject, member: string): string {
  const name = String(input[member] ?? "");
  if (!/^[a-z0-9-]{3,64}$/.test(name)) {
    throw new AwsError("ValidationException", `${member} ${name} is not valid.`);
  }
  return name;
}

function exists(kind: string, name: string): AwsError {
  return new AwsError("ConflictException", `The ${kind} ${name} already exists.`);
}

function found<T>(one: T | undefined, kind: string, name: unknown): T {
  if (one === undefined) {
    throw new AwsError("ResourceNotFoundException", `The ${kind} ${String(name)} was not found.`);
  }
  return one;
}
