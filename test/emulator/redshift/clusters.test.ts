import { ACCOUNT } from "../fake-account";
import { type FakeStage, fakeStage } from "../fake-backend";
import { AwsError, type JsonObject, type WireResponse } from "../wire";

const CLUSTER = {
  ClusterIdentifier: "warehouse",
  ClusterStatus: "available",
  DBName: "dev",
  MasterUsername: "admin",
  NodeType: "ra3.xlplus",
  Encrypted: true,
  ClusterParameterGroups: [{ ParameterGroupName: "zetl", ParameterApplyStatus: "in-sync" }],
};
const NAMESPACE = /^arn:aws:redshift:us-east-1:111122223333:namespace:[0-9a-f-]{36}$/;

let stage: FakeStage;

beforeEach(() => {
  stage = fakeStage();
  stage.backend.answers({
    "redshift.DescribeClusters": { Clusters: [CLUSTER] },
    "redshift.CreateCluster": { Cluster: CLUSTER },
    "redshift.DeleteCluster": { Cluster: CLUSTER },
  });
});

const query = (action: string, input: Record<string, string> = {}): Promise<JsonObject> =>
  stage.client.query("redshift", action, input);

const described = async (): Promise<JsonObject> => {
  const { Clusters } = await query("DescribeClusters");
  const [cluster] = Clusters as JsonObject[];
  if (cluster === undefined) throw new Error("no cluster");
  return cluster;
};

/** As an SDK asks: with a form and for XML. */
const xml = async (fields: Record<string, string>): Promise<string> => {
  const response: WireResponse = await stage.emulator.handle({
    method: "POST",
    path: "/",
    headers: {
      authorization: "Credential=AKIAFIRST/20260101/us-east-1/redshift/aws4_request",
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  });
  return response.body.toString("utf8");
};

describe("a cluster", () => {
  test("has one namespace for life, and tells it", async () => {
    const first = await described();
    expect(first["ClusterNamespaceArn"]).toMatch(NAMESPACE);
    expect((await described())["ClusterNamespaceArn"]).toBe(first["ClusterNamespaceArn"]);
  });

  test("has a namespace of the id that a test asks for, which moto is not told", async () => {
    const made = await query("CreateCluster", {
      ClusterIdentifier: "warehouse",
      ClusterNamespaceId: "0f1e2d3c-0000-4000-8000-000000000001",
    });
    const arn = `arn:aws:redshift:us-east-1:${ACCOUNT}:namespace:0f1e2d3c-0000-4000-8000-000000000001`;
    expect(made).toMatchObject({ Cluster: { ClusterNamespaceArn: arn } });
    expect(await described()).toMatchObject({ ClusterNamespaceArn: arn });
    expect(String(stage.backend.requests[0]?.body)).not.toContain("ClusterNamespaceId");
  });

  test("made again after a deletion has another namespace, without the policy of the first", async () => {
    const before = String((await described())["ClusterNamespaceArn"]);
    stage.emulator.state.namespacePolicies.set(before, "{}");
    await query("DeleteCluster", { ClusterIdentifier: "warehouse" });
    expect(stage.emulator.state.namespacePolicies.size).toBe(0);
    expect((await described())["ClusterNamespaceArn"]).not.toBe(before);
  });

  test("comes in XML with the names of the API's shapes", async () => {
    const text = await xml({ Action: "DescribeClusters", ClusterIdentifier: "warehouse" });
    expect(text).toContain(
      '<DescribeClustersResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><DescribeClustersResult><Clusters><Cluster><ClusterIdentifier>warehouse</ClusterIdentifier>',
    );
    expect(text).toContain(
      "<ClusterParameterGroups><ClusterParameterGroup><ParameterGroupName>zetl</ParameterGroupName>",
    );
    expect(text).toMatch(/<ClusterNamespaceArn>arn:aws:redshift:us-east-1:111122223333:namespace:/);
  });
});

describe("a parameter group", () => {
  const parameter = {
    ParameterGroupName: "zetl",
    "Parameters.Parameter.1.ParameterName": "enable_case_sensitive_identifier",
    "Parameters.Parameter.1.ParameterValue": "true",
  };
  const parameters = async (input: Record<string, string> = {}): Promise<unknown> =>
    (await query("DescribeClusterParameters", { ParameterGroupName: "zetl", ...input }))["Parameters"];

  test("says what the engine does until somebody sets it", async () => {
    expect(await parameters()).toMatchObject([
      {
        ParameterName: "enable_case_sensitive_identifier",
        ParameterValue: "false",
        Source: "engine-default",
      },
    ]);
    expect(await parameters({ Source: "user" })).toEqual([]);
    await query("ModifyClusterParameterGroup", parameter);
    expect(await parameters({ Source: "user" })).toMatchObject([
      { ParameterName: "enable_case_sensitive_identifier", ParameterValue: "true", Source: "user" },
    ]);
  });

  test.each([
    { "Parameters.Parameter.1.ParameterName": "enable_case_sensitive_identifier" },
    { ResetAllParameters: "true" },
  ])("forgets on %j", async (input) => {
    await query("ModifyClusterParameterGroup", parameter);
    await query("ResetClusterParameterGroup", { ParameterGroupName: "zetl", ...input });
    expect(await parameters({ Source: "user" })).toEqual([]);
  });

  test("of AWS's own cannot be changed", async () => {
    await expect(
      query("ModifyClusterParameterGroup", { ...parameter, ParameterGroupName: "default.redshift-1.0" }),
    ).rejects.toMatchObject({
      code: "InvalidParameterValue",
      message: "Default parameter groups cannot be modified.",
    });
  });

  test("that does not exist is moto's to refuse", async () => {
    stage.backend.answers({
      "redshift.DescribeClusterParameterGroups": new AwsError("ClusterParameterGroupNotFound", "none", 404),
    });
    await expect(query("ModifyClusterParameterGroup", parameter)).rejects.toMatchObject({
      code: "ClusterParameterGroupNotFound",
    });
  });
});

describe("the query protocol", () => {
  test("refuses what does not fit the shapes, with the pattern", async () => {
    await expect(
      query("CreateIntegration", {
        IntegrationName: "1-orders",
        SourceArn: "arn:aws:rds:us-east-1:1:db:orders",
        TargetArn: `arn:aws:redshift:us-east-1:${ACCOUNT}:namespace:0f1e`,
      }),
    ).rejects.toMatchObject({
      code: "ValidationError",
      message:
        "2 validation errors detected: Value 'arn:aws:rds:us-east-1:1:db:orders' at 'sourceArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ^arn:aws[a-z\\-]*:(s3|dynamodb):.*:.*:[a-zA-Z0-9._\\-\\/]+$; " +
        "Value '1-orders' at 'integrationName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*$",
    });
  });

  test.each([
    ["a".repeat(63), "accepted"],
    [
      "a".repeat(64),
      `Value '${"a".repeat(64)}' at 'integrationName' failed to satisfy constraint: Member must have length less than or equal to 63`,
    ],
    [
      "",
      "Value '' at 'integrationName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ["orders--1", "Value 'orders--1' at 'integrationName' failed to satisfy constraint: Member must satisfy"],
  ])("takes names as the API does: %s", async (IntegrationName, expected) => {
    const text = await xml({
      Action: "ModifyIntegration",
      IntegrationArn: `arn:aws:redshift:us-east-1:${ACCOUNT}:integration:0f1e2d3c-0000-4000-8000-000000000001`,
      IntegrationName,
    });
    expect(text.replace(/&apos;/g, "'")).toContain(
      expected === "accepted" ? "<Code>IntegrationNotFoundFault</Code>" : expected,
    );
  });

  test("reads lists and maps out of a form, and fails in XML", async () => {
    const text = await xml({
      Action: "CreateIntegration",
      IntegrationName: "orders",
      SourceArn: `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/missing`,
      TargetArn: `arn:aws:redshift:us-east-1:${ACCOUNT}:namespace:0f1e`,
      KMSKeyId: "alias/data",
      "TagList.Tag.1.Key": "team",
      "TagList.Tag.1.Value": "data",
      "AdditionalEncryptionContext.entry.1.key": "team",
      "AdditionalEncryptionContext.entry.1.value": "data",
    });
    expect(text).toContain("<Code>IntegrationSourceNotFoundFault</Code>");
    expect(stage.emulator.log[0]?.error).toBe(
      `IntegrationSourceNotFoundFault: The specified integration source arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/missing can't be found.`,
    );
  });
});
