import { ACCOUNT } from "../fake-account";
import { type FakeStage, fakeStage } from "../fake-backend";
import type { JsonObject } from "../wire";

const BUCKETS = `arn:aws:s3tables:us-east-1:${ACCOUNT}:bucket/*`;
const FEDERATED = { Identifier: BUCKETS, ConnectionName: "aws:s3tables" };
const ARN = `arn:aws:glue:us-east-1:${ACCOUNT}:catalog/s3tablescatalog`;
const TypeName = "AWS::Glue::Catalog";

let stage: FakeStage;

beforeEach(() => {
  stage = fakeStage();
});

const glue = (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
  stage.client.json("glue", operation, input);

const create = (Name: string, CatalogInput: JsonObject = {}): Promise<JsonObject> =>
  glue("CreateCatalog", { Name, CatalogInput });

describe("the Glue API", () => {
  test.each(["s3tablescatalog", `${ACCOUNT}:s3tablescatalog`, ARN])(
    "tells a catalog by the id %s",
    async (CatalogId) => {
      await create("s3tablescatalog", { FederatedCatalog: FEDERATED });
      expect(await glue("GetCatalog", { CatalogId })).toMatchObject({
        Catalog: {
          Name: "s3tablescatalog",
          ResourceArn: ARN,
          CatalogId: `${ACCOUNT}:s3tablescatalog`,
          FederatedCatalog: FEDERATED,
        },
      });
    },
  );

  test("lists, changes and deletes", async () => {
    await create("sales");
    await glue("UpdateCatalog", { CatalogId: "sales", CatalogInput: { Description: "Sales" } });
    expect(await glue("GetCatalogs")).toMatchObject({ CatalogList: [{ Description: "Sales" }] });
    expect(await stage.other.json("glue", "GetCatalogs")).toEqual({ CatalogList: [] });
    await glue("DeleteCatalog", { CatalogId: "sales" });
    await expect(glue("GetCatalog", { CatalogId: "sales" })).rejects.toMatchObject({
      code: "EntityNotFoundException",
      message: "Catalog sales not found.",
    });
  });

  test.each(["a".repeat(65), "a.b", "a/b", "aws:a", ""])("refuses the name %s", async (name) => {
    await expect(create(name)).rejects.toMatchObject({
      code: "InvalidInputException",
      message: `Catalog name ${name} is not valid.`,
    });
  });

  test("takes a name of 64 characters, and once", async () => {
    const name = "a".repeat(64);
    await create(name);
    await expect(create(name)).rejects.toMatchObject({
      code: "AlreadyExistsException",
      message: `Catalog ${name} already exists.`,
    });
  });

  test.each([
    [{ ConnectionName: "aws:s3tables" }],
    [{ ConnectionName: "aws:s3tables", Identifier: BUCKETS.replace(ACCOUNT, "444455556666") }],
    [{ ConnectionName: "aws:s3tables", Identifier: BUCKETS.replace("us-east-1", "us-west-2") }],
  ])("refuses to federate to %j", async (FederatedCatalog) => {
    await expect(create("s3tablescatalog", { FederatedCatalog })).rejects.toMatchObject({
      code: "InvalidInputException",
      message: `A catalog federated to aws:s3tables needs an identifier like ${BUCKETS}.`,
    });
  });

  test("refuses a catalog of Redshift without a role", async () => {
    const CatalogProperties = { DataLakeAccessProperties: { CatalogType: "aws:redshift" } };
    await expect(create("sales", { CatalogProperties })).rejects.toMatchObject({
      message: "A catalog of type aws:redshift needs a DataTransferRole.",
    });
  });
});

describe("Cloud Control", () => {
  const call = (operation: string, input: JsonObject): Promise<JsonObject> =>
    stage.client.json("cloudcontrolapi", operation, { TypeName, ...input });

  /** Watches a request to its end. */
  const watched = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const { RequestToken } = (await call(operation, input))["ProgressEvent"] as JsonObject;
    await call("GetResourceRequestStatus", { RequestToken });
    return (await call("GetResourceRequestStatus", { RequestToken }))["ProgressEvent"] as JsonObject;
  };
  const make = (model: JsonObject): Promise<JsonObject> =>
    watched("CreateResource", { DesiredState: JSON.stringify(model) });
  const read = async (Identifier: string): Promise<JsonObject> => {
    const got = await call("GetResource", { Identifier });
    return JSON.parse(String((got["ResourceDescription"] as JsonObject)["Properties"])) as JsonObject;
  };
  const MODEL = { Name: "s3tablescatalog", FederatedCatalog: FEDERATED };

  test("makes, changes and deletes what the Glue API shows", async () => {
    const Tags = [{ Key: "team", Value: "data" }];
    expect(
      await make({ ...MODEL, Tags, OverwriteChildResourcePermissionsWithDefault: "Accept" }),
    ).toMatchObject({
      OperationStatus: "SUCCESS",
      Identifier: ARN,
    });
    const seen = await read(ARN);
    expect(seen).toMatchObject({ ...MODEL, ResourceArn: ARN, CatalogId: `${ACCOUNT}:s3tablescatalog`, Tags });
    expect(seen).not.toHaveProperty("OverwriteChildResourcePermissionsWithDefault");
    const patch = [{ op: "add", path: "/Description", value: "Table buckets" }];
    await watched("UpdateResource", { Identifier: ARN, PatchDocument: JSON.stringify(patch) });
    expect(await glue("GetCatalog", { CatalogId: "s3tablescatalog" })).toMatchObject({
      Catalog: { Description: "Table buckets", FederatedCatalog: FEDERATED },
    });
    expect(await call("ListResources", {})).toMatchObject({ ResourceDescriptions: [{ Identifier: ARN }] });
    expect(await watched("DeleteResource", { Identifier: ARN })).toMatchObject({
      OperationStatus: "SUCCESS",
    });
    await expect(read(ARN)).rejects.toMatchObject({
      code: "ResourceNotFoundException",
      message: `Resource of type 'AWS::Glue::Catalog' with identifier '${ARN}' was not found.`,
    });
  });

  test("refuses a second one of the name", async () => {
    await make(MODEL);
    expect(await make(MODEL)).toMatchObject({
      OperationStatus: "FAILED",
      ErrorCode: "AlreadyExists",
      StatusMessage:
        "Catalog s3tablescatalog already exists. (Service: Glue, Error Code: AlreadyExistsException)",
    });
  });

  test("shows a catalog to its owner only", async () => {
    await make(MODEL);
    const input = { TypeName, Identifier: ARN };
    await expect(stage.other.json("cloudcontrolapi", "GetResource", input)).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });

  const defaults = [
    { Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL"] },
  ];
  const member = (name: string, rest: string): string => `/properties/${name}/*/${rest}`;

  test.each([
    [{ ResourceArn: ARN }, "/properties/ResourceArn"],
    [{ CreateTime: 1 }, "/properties/CreateTime"],
    [
      { CreateTableDefaultPermissions: defaults },
      ["Principal", "Principal/DataLakePrincipalIdentifier", "Permissions"]
        .map((rest) => member("CreateTableDefaultPermissions", rest))
        .join(", "),
    ],
    [
      { CatalogProperties: { DataLakeAccessProperties: { RedshiftDatabaseName: "sales" } } },
      "/properties/CatalogProperties/DataLakeAccessProperties/RedshiftDatabaseName",
    ],
  ])("refuses %j, which only AWS may say", async (extra, pointers) => {
    await expect(make({ ...MODEL, ...extra })).rejects.toMatchObject({
      code: "ValidationException",
      message: `Invalid request: readOnlyProperties [${pointers}] cannot be set`,
    });
  });

  test("takes empty defaults", async () => {
    const empty = { CreateTableDefaultPermissions: [], CreateDatabaseDefaultPermissions: [] };
    expect(await make({ ...MODEL, ...empty })).toMatchObject({ OperationStatus: "SUCCESS" });
  });

  test.each([
    [{ Name: "a.b" }, "#/Name: failed validation constraint for keyword [pattern]"],
    [{}, "#: required key [Name] not found"],
    [{ ...MODEL, Federated: {} }, "#: extraneous key [Federated] is not permitted"],
  ])("refuses the model %j", async (model, reason) => {
    await expect(make(model)).rejects.toMatchObject({
      message: `Model validation failed (${reason})`,
    });
  });

  test("refuses another name for what is there", async () => {
    await make(MODEL);
    const patch = [{ op: "replace", path: "/Name", value: "other" }];
    await expect(
      call("UpdateResource", { Identifier: ARN, PatchDocument: JSON.stringify(patch) }),
    ).rejects.toMatchObject({ code: "NotUpdatableException" });
  });
});
