import { ACCOUNT } from "./fake-account";
import { type FakeStage, fakeStage } from "./fake-backend";
import { Inspection } from "./inspection";
import { Seeding } from "./seeding";
import { formOf, jsonOf } from "./wire";

let stage: FakeStage;
let seeding: Seeding;
let inspection: Inspection;

beforeEach(() => {
  stage = fakeStage();
  seeding = new Seeding(stage.client, ACCOUNT);
  inspection = new Inspection(stage.client);
});

/** What moto was sent, by operation. */
const sent = (): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    stage.backend.requests.map((request, index) => {
      const query = request.headers["content-type"]?.includes("form") === true;
      return [stage.backend.operations[index] ?? "", query ? formOf(request) : jsonOf(request)];
    }),
  );

test("a connection", async () => {
  expect(await seeding.connection("crm", "ZENDESK")).toBe(`arn:aws:glue:us-east-1:${ACCOUNT}:connection/crm`);
  expect(await stage.client.json("glue", "GetConnection", { Name: "crm" })).toMatchObject({
    Connection: { ConnectionType: "ZENDESK" },
  });
});

test("catalogs of both kinds", async () => {
  expect(await seeding.tableBucketsCatalog()).toBe(
    `arn:aws:glue:us-east-1:${ACCOUNT}:catalog/s3tablescatalog`,
  );
  expect(await seeding.managedStorageCatalog("sales")).toBe(
    `arn:aws:glue:us-east-1:${ACCOUNT}:catalog/sales`,
  );
  expect(await inspection.catalogs()).toEqual(["s3tablescatalog", "sales"]);
});

test("a table bucket", async () => {
  expect(await seeding.tableBucket("lake")).toBe(`arn:aws:s3tables:us-east-1:${ACCOUNT}:bucket/lake`);
  expect(sent()).toEqual({ "s3tables.PUT /buckets": { name: "lake" } });
});

test.each([
  [{}, { Encrypted: "true", NodeType: "ra3.xlplus" }, "true"],
  [
    { encrypted: false, caseSensitive: false, nodeType: "dc2.large" },
    { Encrypted: "false", NodeType: "dc2.large" },
    "false",
  ],
])("a cluster with %j", async (seed, expected, caseSensitive) => {
  stage.backend.answers({ "redshift.CreateCluster": { Cluster: { ClusterIdentifier: "warehouse" } } });
  const namespaceId = "0f1e2d3c-0000-4000-8000-000000000001";
  expect(await seeding.cluster("warehouse", { ...seed, namespaceId })).toBe(
    `arn:aws:redshift:us-east-1:${ACCOUNT}:namespace:${namespaceId}`,
  );
  const asked = { ...expected, ClusterIdentifier: "warehouse" };
  expect(sent()["redshift.CreateCluster"]).toMatchObject({
    ...asked,
    ClusterParameterGroupName: "warehouse-parameters",
  });
  const [parameters] = stage.emulator.state.clusterParameters.values();
  expect(parameters).toEqual(new Map([["enable_case_sensitive_identifier", caseSensitive]]));
});

test("a workgroup with its namespace, and the policy of that", async () => {
  const arn = await seeding.workgroup("analysts", { namespaceName: "warehouse", namespaceId: "0f1e" });
  expect(arn).toBe(`arn:aws:redshift-serverless:us-east-1:${ACCOUNT}:namespace/0f1e`);
  expect(
    await stage.client.json("redshift-serverless", "GetWorkgroup", { workgroupName: "analysts" }),
  ).toMatchObject({
    workgroup: {
      namespaceName: "warehouse",
      configParameters: expect.arrayContaining([
        { parameterKey: "enable_case_sensitive_identifier", parameterValue: "true" },
      ]),
    },
  });
  stage.backend.answers({ "redshift.DescribeClusters": { Clusters: [] } });
  expect(await inspection.namespacePolicies()).toEqual({});
  stage.account.namespaces[arn] = { available: true, encrypted: true, caseSensitive: true };
  const statement = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
  await seeding.namespacePolicy(arn, statement);
  const document = { Version: "2012-10-17", Statement: [statement] };
  expect(await inspection.namespacePolicies()).toEqual({ [arn]: document });
});

test.each([
  [{}, "cloud-vm-cluster/exavm_1", "ENABLED"],
  [{ autonomous: true, zeroEtlAccess: false }, "cloud-autonomous-vm-cluster/exavm_1", "DISABLED"],
])("a VM cluster with %j", async (seed, resource, zeroEtlAccess) => {
  const arn = await seeding.vmCluster("erp", { ...seed, id: "exavm_1" });
  expect(arn).toBe(`arn:aws:odb:us-east-1:${ACCOUNT}:${resource}`);
  expect([...stage.emulator.state.vmClusters.keys()]).toEqual([arn]);
  expect([...stage.emulator.state.odbNetworks.values()]).toMatchObject([{ zeroEtlAccess }]);
});

test("a key with statements beside those that let the account administer it", async () => {
  stage.backend.answers({ "kms.CreateKey": { KeyMetadata: { Arn: "arn:aws:kms:us-east-1:1:key/k" } } });
  const statement = { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" };
  expect(await seeding.key(statement)).toBe("arn:aws:kms:us-east-1:1:key/k");
  const { Policy } = sent()["kms.CreateKey"] as { Policy: string };
  expect(JSON.parse(Policy)).toMatchObject({
    Statement: [{ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*" }, statement],
  });
});

test("a secret with a key and a policy", async () => {
  const ARN = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:oracle-AbCdEf`;
  stage.backend.answers({ "secretsmanager.CreateSecret": { ARN } });
  const statements = [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }];
  expect(await seeding.secret("oracle", { kmsKeyArn: "k", statements })).toBe(ARN);
  expect(sent()).toMatchObject({
    "secretsmanager.CreateSecret": { Name: "oracle", KmsKeyId: "k" },
    "secretsmanager.PutResourcePolicy": {
      SecretId: ARN,
      ResourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    },
  });
});

test("a guard of Lake Formation before every database", async () => {
  await seeding.lakeFormation();
  expect(sent()).toMatchObject({
    "lakeformation.POST /PutDataLakeSettings": { DataLakeSettings: { CreateDatabaseDefaultPermissions: [] } },
  });
});

test("grants of Lake Formation are told in one order", async () => {
  const grant = (Permissions: string[], Name: string): object => ({
    Principal: { DataLakePrincipalIdentifier: "arn:aws:iam::1:role/r" },
    Permissions,
    Resource: { Database: { Name } },
  });
  stage.backend.answers({
    "lakeformation.POST /ListPermissions": {
      PrincipalResourcePermissions: [grant(["DROP", "ALTER"], "b"), grant(["ALL"], "a")],
    },
  });
  expect(await inspection.lakeFormationGrants()).toEqual([
    'arn:aws:iam::1:role/r: ALL on {"Database":{"Name":"a"}}',
    'arn:aws:iam::1:role/r: ALTER, DROP on {"Database":{"Name":"b"}}',
  ]);
});

test("a role that AWS Glue takes on", async () => {
  expect(await seeding.glueRole("target")).toBe(`arn:aws:iam::${ACCOUNT}:role/target`);
  const { AssumeRolePolicyDocument } = sent()["iam.CreateRole"] as { AssumeRolePolicyDocument: string };
  expect(JSON.parse(AssumeRolePolicyDocument)).toMatchObject({
    Statement: [{ Principal: { Service: "glue.amazonaws.com" } }],
  });
});
