import { ACCOUNT } from "./fake-account";
import { type FakeStage, fakeStage } from "./fake-backend";
import type { JsonObject } from "./wire";

let stage: FakeStage;

beforeEach(() => {
  stage = fakeStage();
});

const call = (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
  stage.client.json("odb", operation, input);

const network = async (zeroEtlAccess?: string): Promise<unknown> =>
  (await call("CreateOdbNetwork", { displayName: "erp", zeroEtlAccess }))["odbNetworkId"];

test.each([
  ["ENABLED", "ENABLED"],
  ["DISABLED", "DISABLED"],
  [undefined, "DISABLED"],
])("a network made with zero-ETL access %s has it %s", async (asked, status) => {
  const odbNetworkId = await network(asked);
  const shown = async (): Promise<unknown> =>
    ((await call("GetOdbNetwork", { odbNetworkId }))["odbNetwork"] as JsonObject)["managedServices"];
  expect(await shown()).toEqual({ zeroEtlAccess: { status } });
  await call("UpdateOdbNetwork", { odbNetworkId, zeroEtlAccess: "ENABLED" });
  expect(await shown()).toEqual({ zeroEtlAccess: { status: "ENABLED" } });
});

test.each([
  ["CloudVmCluster", "cloudVmCluster", "cloud-vm-cluster", /^exavm_/],
  ["CloudAutonomousVmCluster", "cloudAutonomousVmCluster", "cloud-autonomous-vm-cluster", /^avmc_/],
])("a %s is in a network, under the id that a test asks for", async (name, member, kind, id) => {
  const odbNetworkId = await network();
  const made = await call(`Create${name}`, { displayName: "erp", odbNetworkId });
  expect(made[`${member}Id`]).toMatch(id);
  await call(`Create${name}`, { displayName: "erp", odbNetworkId, [`${member}Id`]: "exavm_1234567890" });
  expect(await call(`Get${name}`, { [`${member}Id`]: "exavm_1234567890" })).toMatchObject({
    [member]: {
      [`${member}Arn`]: `arn:aws:odb:us-east-1:${ACCOUNT}:${kind}/exavm_1234567890`,
      odbNetworkId,
      status: "AVAILABLE",
    },
  });
});

test("a VM cluster needs a network that exists", async () => {
  await expect(
    call("CreateCloudVmCluster", { displayName: "erp", odbNetworkId: "odbnet_1" }),
  ).rejects.toMatchObject({
    code: "ResourceNotFoundException",
    message: "Resource odbnet_1 was not found.",
  });
});

test("a network needs a name", async () => {
  await expect(call("CreateOdbNetwork")).rejects.toMatchObject({
    code: "ValidationException",
    message: "displayName must be given.",
  });
});
