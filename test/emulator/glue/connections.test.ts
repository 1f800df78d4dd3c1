import { ACCOUNT } from "../fake-account";
import { type FakeStage, fakeStage } from "../fake-backend";
import type { JsonObject } from "../wire";

const SALESFORCE = { Name: "crm", ConnectionType: "SALESFORCE", ConnectionProperties: { INSTANCE_URL: "x" } };

let stage: FakeStage;

beforeEach(() => {
  stage = fakeStage();
});

const call = (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
  stage.client.json("glue", operation, input);

const create = (ConnectionInput: JsonObject): Promise<JsonObject> =>
  call("CreateConnection", { ConnectionInput });

test("a connection is kept as it was made, with its type", async () => {
  await create(SALESFORCE);
  for (const CatalogId of [undefined, ACCOUNT]) {
    expect(await call("GetConnection", { CatalogId, Name: "crm" })).toMatchObject({
      Connection: { ...SALESFORCE, Status: "READY" },
    });
  }
});

test("connections are listed, by type, and each account has its own", async () => {
  await create(SALESFORCE);
  await create({ Name: "vpc", ConnectionType: "NETWORK" });
  const names = async (input: JsonObject = {}, client = stage.client): Promise<unknown[]> => {
    const { ConnectionList } = await client.json("glue", "GetConnections", input);
    return (ConnectionList as JsonObject[]).map(({ Name }) => Name);
  };
  expect(await names()).toEqual(["crm", "vpc"]);
  expect(await names({ Filter: { ConnectionType: "NETWORK" } })).toEqual(["vpc"]);
  expect(await names({}, stage.other)).toEqual([]);
});

test("a connection changes and goes", async () => {
  await create(SALESFORCE);
  await call("UpdateConnection", {
    Name: "crm",
    ConnectionInput: { ...SALESFORCE, ConnectionType: "ZENDESK" },
  });
  expect(await call("GetConnection", { Name: "crm" })).toMatchObject({
    Connection: { ConnectionType: "ZENDESK" },
  });
  await call("DeleteConnection", { ConnectionName: "crm" });
  await expect(call("GetConnection", { Name: "crm" })).rejects.toMatchObject({
    code: "EntityNotFoundException",
    message: "Connection crm not found.",
  });
});

test("a second connection of the name is refused", async () => {
  await create(SALESFORCE);
  await expect(create(SALESFORCE)).rejects.toMatchObject({
    code: "AlreadyExistsException",
    message: "Connection crm already exists.",
  });
});

test.each(["Name", "ConnectionType"])("a connection without %s is refused", async (member) => {
  await expect(create({ ...SALESFORCE, [member]: "" })).rejects.toMatchObject({
    code: "InvalidInputException",
    message: `ConnectionInput.${member} must be given.`,
  });
});
