import { type FakeStage, fakeStage } from "./fake-backend";
import { BUCKET_ARN } from "./fake-pairs";
import type { JsonObject } from "./wire";

const PATH = `/buckets/${encodeURIComponent(BUCKET_ARN)}`;

let stage: FakeStage;

beforeEach(() => {
  stage = fakeStage();
  stage.backend.answers({ "s3tables.PUT /buckets": { arn: BUCKET_ARN } });
});

const call = (method: string, path: string, input?: JsonObject): Promise<JsonObject> =>
  stage.client.rest("s3tables", method, path, input);

test("a table bucket is moto's, which is not asked for what it does not know", async () => {
  await call("PUT", "/buckets", { name: "lake-bucket" });
  await call("GET", PATH);
  await call("GET", `${PATH}/maintenance`);
  expect(stage.backend.operations).toEqual(["s3tables.PUT /buckets", `s3tables.GET ${PATH}`]);
});

test("there is none where moto could keep none", async () => {
  const listed = { tableBuckets: [{ name: "lake-bucket" }] };
  stage.backend.answers({ "s3tables.GET /buckets": listed });
  expect(await call("GET", "/buckets")).toEqual(listed);
  const elsewhere = stage.client.with({ region: "eu-west-1" });
  expect(await elsewhere.rest("s3tables", "GET", "/buckets")).toEqual({ tableBuckets: [] });
});

test("encryption is only told where it was asked for", async () => {
  await expect(call("GET", `${PATH}/encryption`)).rejects.toMatchObject({
    code: "NotFoundException",
    message: "The specified bucket has no encryption configuration.",
    status: 404,
  });
  const encryptionConfiguration = { sseAlgorithm: "aws:kms", kmsKeyArn: "arn:aws:kms:us-east-1:1:key/k" };
  await call("PUT", "/buckets", { name: "lake-bucket", encryptionConfiguration });
  expect(await call("GET", `${PATH}/encryption`)).toEqual({ encryptionConfiguration });
  await call("PUT", `${PATH}/encryption`, { encryptionConfiguration: { sseAlgorithm: "AES256" } });
  expect(await call("GET", `${PATH}/encryption`)).toEqual({
    encryptionConfiguration: { sseAlgorithm: "AES256" },
  });
});

test("maintenance is on until it is changed", async () => {
  expect(await call("GET", `${PATH}/maintenance`)).toEqual({
    tableBucketARN: BUCKET_ARN,
    configuration: {
      icebergUnreferencedFileRemoval: {
        status: "enabled",
        settings: { icebergUnreferencedFileRemoval: { unreferencedDays: 3, nonCurrentDays: 10 } },
      },
    },
  });
  await call("PUT", `${PATH}/maintenance/icebergUnreferencedFileRemoval`, { value: { status: "disabled" } });
  expect(await call("GET", `${PATH}/maintenance`)).toMatchObject({
    configuration: { icebergUnreferencedFileRemoval: { status: "disabled" } },
  });
});

test("Cloud Control sees a bucket whoever made it, but not in another account", async () => {
  const get = (client = stage.client): Promise<JsonObject> =>
    client.json("cloudcontrolapi", "GetResource", {
      TypeName: "AWS::S3Tables::TableBucket",
      Identifier: BUCKET_ARN,
    });
  await expect(get()).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  stage.account.tableBuckets.push(BUCKET_ARN);
  expect(await get()).toMatchObject({
    ResourceDescription: {
      Properties: JSON.stringify({ TableBucketARN: BUCKET_ARN, TableBucketName: "lake-bucket" }),
    },
  });
  await expect(get(stage.other)).rejects.toMatchObject({ code: "ResourceNotFoundException" });
});
