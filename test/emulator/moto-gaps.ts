// Operations that moto has but answers otherwise than AWS does. Each one decides on what moto holds, and lets moto do
// the rest, so that there is one store.
import { isDeepStrictEqual } from "node:util";
import { type LakeFormationGrant, arnOf } from "./account";
import type { Operations } from "./operation";
import { AwsError, type JsonObject } from "./wire";

export const MOTO_GAPS: Operations = {
  "lakeformation.POST /GrantPermissions": async ({ caller, input, account, moto }) => {
    const { Database, Table } = (input["Resource"] ?? {}) as LakeFormationGrant["resource"];
    const name = Database?.Name ?? Table?.DatabaseName;
    const arn = `arn:aws:glue:${caller.region}:${caller.account}:database/${name ?? ""}`;
    if (name !== undefined && (await account.database(arnOf(arn))) === undefined) {
      throw new AwsError("EntityNotFoundException", "Database not found.");
    }
    return moto.rest("lakeformation", "POST", "/GrantPermissions", input);
  },

  "lakeformation.POST /RevokePermissions": async ({ caller, input, account, moto }) => {
    const { grants } = await account.lakeFormation(
      arnOf(`arn:aws:lakeformation:${caller.region}:${caller.account}:*`),
    );
    const principal = (input["Principal"] as JsonObject)["DataLakePrincipalIdentifier"];
    const revoked = (input["Permissions"] ?? []) as readonly string[];
    const held = grants.some(
      (grant) =>
        grant.principal === principal &&
        isDeepStrictEqual(grant.resource, input["Resource"]) &&
        grant.permissions.some((one) => revoked.includes(one)),
    );
    // The provider asks again and again, until it is told this.
    if (!held) {
      throw new AwsError(
        "InvalidInputException",
        "No permissions revoked. Grantee has no permissions on the resource.",
      );
    }
    return moto.rest("lakeformation", "POST", "/RevokePermissions", input);
  },

  "kms.DescribeKey": async ({ input, account, moto }) => {
    const described = await moto.json("kms", "DescribeKey", input);
    const metadata = described["KeyMetadata"] as { readonly Arn: string };
    const manager = await account.keyManager(arnOf(metadata.Arn));
    return { ...described, KeyMetadata: { ...metadata, KeyManager: manager ?? "CUSTOMER" } };
  },
};
