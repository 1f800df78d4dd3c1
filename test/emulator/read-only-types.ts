// Resource types that are only looked at through Cloud Control, where no data source exists: they are made otherwise.
import { type Account, arnOf } from "./account";
import type { AwsClient } from "./client";
import { withoutUndefined } from "./glue-output";
import { type Caller, placed } from "./operation";
import { Clusters } from "./redshift/clusters";
import { configParameters } from "./redshift/serverless";
import { type ResourceSchema, type ResourceType, notFound } from "./resource-types";
import type { ZeroEtlState } from "./state";
import { AwsError, type JsonObject } from "./wire";

/** The properties of one resource; undefined where there is none. */
type Read = (caller: Caller, identifier: string) => Promise<JsonObject | undefined>;

class ReadOnlyType implements ResourceType {
  readonly schema: ResourceSchema;

  constructor(
    typeName: string,
    private readonly properties: Read,
  ) {
    this.schema = { typeName };
  }

  async read(caller: Caller, identifier: string): Promise<JsonObject> {
    const properties = await this.properties(caller, identifier);
    if (properties === undefined) throw notFound(this.schema.typeName, identifier);
    return properties;
  }

  list(): string[] {
    throw new AwsError("UnsupportedActionException", `${this.schema.typeName} is only read here`);
  }
}

export function readOnlyTypes(
  state: ZeroEtlState,
  account: Account,
  motoOf: (caller: Caller) => AwsClient,
): ResourceType[] {
  const clusters = new Clusters(state);
  const types: Readonly<Record<string, Read>> = {
    "AWS::Glue::Database": async (caller, name) => {
      const database = await account.database(
        arnOf(`arn:aws:glue:${caller.region}:${caller.account}:database/${name}`),
      );
      return (
        database && {
          CatalogId: caller.account,
          DatabaseName: name,
          DatabaseInput: withoutUndefined({
            Name: name,
            LocationUri: database.locationUri,
            Description: database.description,
          }),
        }
      );
    },
    "AWS::S3Tables::TableBucket": async (caller, arn) => {
      const bucket = arnOf(arn);
      if (bucket.account !== caller.account || !(await account.tableBucket(bucket))) return undefined;
      return { TableBucketARN: arn, TableBucketName: arn.split("/").at(-1) };
    },
    "AWS::Redshift::ClusterParameterGroup": async (caller, name) => {
      const described = await motoOf(caller).query("redshift", "DescribeClusterParameterGroups");
      const groups = described["ParameterGroups"] as JsonObject[];
      const group = groups.find(({ ParameterGroupName }) => ParameterGroupName === name);
      if (group === undefined) return undefined;
      const { ParameterGroupFamily, Description } = group;
      const Parameters = Object.entries(clusters.parameters(caller, name)).map(
        ([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue }),
      );
      return { ParameterGroupName: name, ParameterGroupFamily, Description, Parameters };
    },
    "AWS::RedshiftServerless::Workgroup": async (caller, name) => {
      const workgroup = state.workgroups.get(placed(caller, name));
      if (workgroup === undefined) return undefined;
      const ConfigParameters = configParameters(workgroup).map(({ parameterKey, parameterValue }) => ({
        ParameterKey: parameterKey,
        ParameterValue: parameterValue,
      }));
      const { arn, id, namespaceName } = workgroup;
      // What can be set is write-only: it comes back in the member Workgroup alone.
      return {
        WorkgroupName: name,
        NamespaceName: namespaceName,
        Workgroup: {
          WorkgroupArn: arn,
          WorkgroupId: id,
          WorkgroupName: name,
          NamespaceName: namespaceName,
          Status: "AVAILABLE",
          ConfigParameters,
        },
      };
    },
  };
  return Object.entries(types).map(([typeName, read]) => new ReadOnlyType(typeName, read));
}
