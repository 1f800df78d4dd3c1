import { ACCOUNT, CALLER, DATABASE_ARN, FakeAccount, OTHER_ACCOUNT, ROLE_ARN } from "./fake-account";
import { BUCKET_ARN, BUCKET_CATALOG_ARN, CONNECTION_ARN, TABLE_BUCKETS_ARN } from "./fake-pairs";
import { type ProcessingProperties, ResourceProperties, refuseForeignResource } from "./resource-properties";
import { ZeroEtlState } from "./state";

const TARGET: ProcessingProperties = { target: { RoleArn: ROLE_ARN } };

let account: FakeAccount;
let properties: ResourceProperties;

beforeEach(() => {
  account = new FakeAccount();
  properties = new ResourceProperties(new ZeroEtlState(), account);
});

test("one property per resource, named after it", async () => {
  const created = await properties.create(DATABASE_ARN, TARGET);
  expect(created).toEqual({
    resourceArn: DATABASE_ARN,
    arn: `arn:aws:glue:us-east-1:${ACCOUNT}:integrationresourceproperty/database/sales_lake`,
    target: { RoleArn: ROLE_ARN },
    tags: [],
  });
  expect(properties.get(DATABASE_ARN)).toBe(created);
  await expect(properties.create(DATABASE_ARN, TARGET)).rejects.toMatchObject({
    code: "ConflictException",
    message: `An integration resource property for ${DATABASE_ARN} already exists.`,
  });
});

test("changes in place", async () => {
  await properties.create(DATABASE_ARN, TARGET);
  properties.update(DATABASE_ARN, { target: { RoleArn: ROLE_ARN, ConnectionName: "vpc" } });
  expect(properties.get(DATABASE_ARN).target).toEqual({ RoleArn: ROLE_ARN, ConnectionName: "vpc" });
});

test("a connection and a catalog may have one too", async () => {
  account.connections[CONNECTION_ARN] = { type: "SALESFORCE" };
  await expect(properties.create(CONNECTION_ARN, { source: { RoleArn: ROLE_ARN } })).resolves.toMatchObject({
    resourceArn: CONNECTION_ARN,
  });
  account.catalogs[TABLE_BUCKETS_ARN] = { kind: "s3-tables" };
  account.tableBuckets.push(BUCKET_ARN);
  for (const catalog of [TABLE_BUCKETS_ARN, BUCKET_CATALOG_ARN]) {
    await expect(properties.create(catalog, TARGET)).resolves.toMatchObject({ resourceArn: catalog });
  }
});

test.each([
  [CONNECTION_ARN, "Connection salesforce-prod not found."],
  [TABLE_BUCKETS_ARN, "Catalog s3tablescatalog not found."],
  [BUCKET_CATALOG_ARN, "Catalog s3tablescatalog/lake-bucket not found."],
])("refuses %s where it does not exist", async (resourceArn, message) => {
  await expect(properties.create(resourceArn, TARGET)).rejects.toMatchObject({
    code: "EntityNotFoundException",
    message,
  });
});

test("refuses the catalog of a table bucket that does not exist", async () => {
  account.catalogs[TABLE_BUCKETS_ARN] = { kind: "s3-tables" };
  await expect(properties.create(BUCKET_CATALOG_ARN, TARGET)).rejects.toMatchObject({
    message: "Catalog s3tablescatalog/lake-bucket not found.",
  });
});

test.each([
  "sales_lake",
  `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`,
  `arn:aws:glue:us-east-1:${ACCOUNT}:table/sales_lake/orders`,
])("refuses %s as a resource", async (resourceArn) => {
  await expect(properties.create(resourceArn, TARGET)).rejects.toMatchObject({
    code: "ValidationException",
    message: `Provided resource ARN is not valid: ${resourceArn}`,
  });
});

test("refuses a database that does not exist", async () => {
  delete account.databases[DATABASE_ARN];
  await expect(properties.create(DATABASE_ARN, TARGET)).rejects.toMatchObject({
    code: "EntityNotFoundException",
    message: "Database sales_lake not found.",
  });
});

test("refuses a property that says nothing", async () => {
  await expect(properties.create(DATABASE_ARN, {})).rejects.toMatchObject({ code: "ValidationException" });
  await expect(properties.create(DATABASE_ARN, { target: {} })).rejects.toMatchObject({
    message: "RoleArn must be provided.",
  });
});

test("what does not exist can be neither read, changed nor deleted", () => {
  const missing = `No integration resource property exists for ${DATABASE_ARN}.`;
  expect(() => properties.get(DATABASE_ARN)).toThrow(missing);
  expect(() => properties.update(DATABASE_ARN, TARGET)).toThrow(missing);
  expect(() => properties.delete(DATABASE_ARN)).toThrow(missing);
});

describe("in another account or region", () => {
  test.each([
    { account: OTHER_ACCOUNT, region: "us-east-1" },
    { account: ACCOUNT, region: "us-west-2" },
  ])("%j has no say, and sees nothing", async (caller) => {
    await properties.create(DATABASE_ARN, TARGET);
    expect(properties.list(caller)).toEqual([]);
    expect(() => refuseForeignResource(caller, "Create", DATABASE_ARN)).toThrow(
      `User: arn:aws:iam::${caller.account}:root is not authorized to perform: glue:CreateIntegrationResourceProperty on resource: ${DATABASE_ARN}`,
    );
  });

  test("the owner has", async () => {
    await properties.create(DATABASE_ARN, TARGET);
    expect(properties.list(CALLER)).toHaveLength(1);
    expect(() => refuseForeignResource(CALLER, "Create", DATABASE_ARN)).not.toThrow();
  });
});
