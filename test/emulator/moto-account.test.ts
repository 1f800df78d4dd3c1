import { ACCOUNT, OTHER_ACCOUNT, ROLE_ARN } from "./fake-account";
import { FakeBackend } from "./fake-backend";
import { BUCKET_ARN, CONNECTION_ARN, SECRET_ARN, SECRET_KEY_ARN, TABLE_BUCKETS_ARN } from "./fake-pairs";
import { arnOf } from "./account";
import { AwsClient } from "./client";
import { MotoAccount } from "./moto-account";
import { ZeroEtlState } from "./state";
import { AwsError } from "./wire";

const POLICY = { Version: "2012-10-17", Statement: [] };

let backend: FakeBackend;
let state: ZeroEtlState;
let account: MotoAccount;

beforeEach(() => {
  backend = new FakeBackend();
  state = new ZeroEtlState();
  const clientFor = (id: string, region: string): AwsClient =>
    new AwsClient(backend.send, { region, headers: { "x-moto-account-id": id } });
  account = new MotoAccount(clientFor, state);
});

test("a table bucket is asked for by its ARN, in its account and region", async () => {
  const arn = BUCKET_ARN.replace(ACCOUNT, OTHER_ACCOUNT).replace("us-east-1", "eu-west-1");
  expect(await account.tableBucket(arnOf(arn))).toBe(true);
  expect(backend.requests[0]).toMatchObject({
    method: "GET",
    path: `/buckets/${encodeURIComponent(arn)}`,
    headers: { "x-moto-account-id": OTHER_ACCOUNT },
  });
  expect(backend.requests[0]?.headers["authorization"]).toContain("/eu-west-1/s3tables/");
  backend.answers({
    [`s3tables.GET /buckets/${encodeURIComponent(arn)}`]: new AwsError("NotFoundException", "none", 404),
  });
  expect(await account.tableBucket(arnOf(arn))).toBe(false);
});

test("a secret has a key and a policy, or neither", async () => {
  backend.answers({
    "secretsmanager.DescribeSecret": { KmsKeyId: SECRET_KEY_ARN },
    "secretsmanager.GetResourcePolicy": { ResourcePolicy: JSON.stringify(POLICY) },
  });
  expect(await account.secret(arnOf(SECRET_ARN))).toEqual({ kmsKeyArn: SECRET_KEY_ARN, policy: POLICY });
  backend.answers({});
  expect(await account.secret(arnOf(SECRET_ARN))).toEqual({});
  backend.answers({ "secretsmanager.DescribeSecret": new AwsError("ResourceNotFoundException", "none") });
  expect(await account.secret(arnOf(SECRET_ARN))).toBeUndefined();
});

test("a key has a policy", async () => {
  backend.answers({ "kms.GetKeyPolicy": { Policy: JSON.stringify(POLICY) } });
  expect(await account.keyPolicy(arnOf(SECRET_KEY_ARN))).toEqual(POLICY);
  backend.answers({ "kms.GetKeyPolicy": new AwsError("NotFoundException", "none") });
  expect(await account.keyPolicy(arnOf(SECRET_KEY_ARN))).toBeUndefined();
});

test.each([
  [[], true],
  [[{ Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL"] }], false],
])("with the defaults %j for databases, Lake Formation guards them: %s", async (defaults, guarded) => {
  const Resource = { Database: { Name: "lake" } };
  const Principal = { DataLakePrincipalIdentifier: ROLE_ARN };
  backend.answers({
    "lakeformation.POST /GetDataLakeSettings": {
      DataLakeSettings: { CreateDatabaseDefaultPermissions: defaults },
    },
    "lakeformation.POST /ListPermissions": {
      PrincipalResourcePermissions: [{ Principal, Resource, Permissions: ["ALL"] }],
    },
  });
  expect(await account.lakeFormation(arnOf(CONNECTION_ARN))).toEqual({
    guarded,
    grants: [{ principal: ROLE_ARN, permissions: ["ALL"], resource: Resource }],
  });
});

test("a connection tells its type", async () => {
  expect(await account.connection(arnOf(CONNECTION_ARN))).toBeUndefined();
  const input = { Name: "salesforce-prod", ConnectionType: "SALESFORCE" };
  state.connections.set(CONNECTION_ARN, { arn: CONNECTION_ARN, input, createTime: 0 });
  expect(await account.connection(arnOf(CONNECTION_ARN))).toEqual({ type: "SALESFORCE" });
});

test.each([
  [{ FederatedCatalog: { ConnectionName: "aws:s3tables" } }, "s3-tables"],
  [{ FederatedCatalog: { ConnectionName: "aws:redshift" } }, "redshift"],
  [{ CatalogProperties: { DataLakeAccessProperties: { CatalogType: "aws:redshift" } } }, "redshift"],
  [{ FederatedCatalog: { ConnectionName: "snowflake" } }, "other"],
  [{}, "other"],
])("a catalog of %j is of kind %s", async (input, kind) => {
  expect(await account.catalog(arnOf(TABLE_BUCKETS_ARN))).toBeUndefined();
  const arn = TABLE_BUCKETS_ARN;
  const place = { account: ACCOUNT, region: "us-east-1", name: "s3tablescatalog" };
  state.catalogs.set(arn, { arn, ...place, input, tags: {}, createTime: 0 });
  expect(await account.catalog(arnOf(TABLE_BUCKETS_ARN))).toEqual({ kind });
});

test("a VM cluster is as open as its network", async () => {
  const arn = `arn:aws:odb:us-east-1:${ACCOUNT}:cloud-vm-cluster/exavm_1234567890`;
  expect(await account.vmCluster(arnOf(arn))).toBeUndefined();
  const networkArn = `arn:aws:odb:us-east-1:${ACCOUNT}:odb-network/odbnet_1`;
  const network = { arn: networkArn, id: "odbnet_1", displayName: "erp" };
  state.vmClusters.set(arn, { arn, id: "exavm_1234567890", displayName: "erp", networkArn });
  state.odbNetworks.set(networkArn, { ...network, zeroEtlAccess: "ENABLED" });
  expect(await account.vmCluster(arnOf(arn))).toEqual({ zeroEtlAccess: true });
  state.odbNetworks.set(networkArn, { ...network, zeroEtlAccess: "DISABLED" });
  expect(await account.vmCluster(arnOf(arn))).toEqual({ zeroEtlAccess: false });
});
