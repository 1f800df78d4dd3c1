import type { AwsClient } from "./client";
import { ACCOUNT, DATABASE_ARN, type FakeAccount, ROLE_ARN } from "./fake-account";
import { type FakeBackend, fakeStage } from "./fake-backend";
import type { JsonObject } from "./wire";

let backend: FakeBackend;
let account: FakeAccount;
let client: AwsClient;

beforeEach(() => {
  ({ backend, account, client } = fakeStage());
});

describe("where moto answers otherwise than AWS", () => {
  test("a key behind an alias of AWS's is managed by AWS", async () => {
    const Arn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`;
    backend.answers({ "kms.DescribeKey": { KeyMetadata: { Arn, KeyManager: "CUSTOMER" } } });
    const manager = async (): Promise<unknown> =>
      ((await client.json("kms", "DescribeKey", { KeyId: "k" }))["KeyMetadata"] as JsonObject)["KeyManager"];
    account.keys[Arn] = "AWS";
    expect(await manager()).toBe("AWS");
    account.keys[Arn] = "CUSTOMER";
    expect(await manager()).toBe("CUSTOMER");
  });

  describe("Lake Formation", () => {
    const Principal = { DataLakePrincipalIdentifier: ROLE_ARN };
    const Database = { Name: "sales_lake" };
    const call = (operation: string, input: JsonObject): Promise<JsonObject> =>
      client.rest("lakeformation", "POST", `/${operation}`, { Principal, ...input });

    test("grants nothing on a database that does not exist", async () => {
      const grant = (): Promise<JsonObject> =>
        call("GrantPermissions", { Resource: { Database }, Permissions: ["ALL"] });
      await expect(grant()).resolves.toEqual({});
      delete account.databases[DATABASE_ARN];
      await expect(grant()).rejects.toMatchObject({ code: "EntityNotFoundException" });
      const wildcard = { Table: { DatabaseName: "sales_lake", TableWildcard: {} } };
      await expect(
        call("GrantPermissions", { Resource: wildcard, Permissions: ["ALL"] }),
      ).rejects.toMatchObject({ message: "Database not found." });
    });

    test("says so when there is nothing to revoke, which is what the provider waits for", async () => {
      const revoke = (Permissions: string[], Resource: JsonObject = { Database }): Promise<JsonObject> =>
        call("RevokePermissions", { Resource, Permissions });
      const resource = { Database };
      account.lakeFormationFacts = {
        guarded: true,
        grants: [{ principal: ROLE_ARN, permissions: ["ALTER", "DROP"], resource }],
      };
      await expect(revoke(["DROP"])).resolves.toEqual({});
      const nothing = {
        code: "InvalidInputException",
        message: "No permissions revoked. Grantee has no permissions on the resource.",
      };
      await expect(revoke(["DESCRIBE"])).rejects.toMatchObject(nothing);
      await expect(revoke(["DROP"], { Database: { Name: "hr" } })).rejects.toMatchObject(nothing);
      account.lakeFormationFacts = { guarded: true, grants: [] };
      await expect(revoke(["DROP"])).rejects.toMatchObject(nothing);
    });
  });
});
