import { accountKeyStatement } from "../../../lib/policy/key-statements";
import type { Statement } from "../../../lib/policy/statement";
import { keyLockoutRules, keyOwnerRules } from "../../../lib/rules/key-policy";
import { codesOf, lines, said } from "./said";

const ROOT = { AWS: ["arn:aws:iam::111122223333:root"] };
const allowing = (Action: string[], Principal: Statement["Principal"] = ROOT): Statement => ({
  Effect: "Allow",
  ...(Principal !== undefined && { Principal }),
  Action,
  Resource: ["*"],
});

describe("a key policy", () => {
  test.each([
    ["kms:*"],
    ["*"],
    ["kms:Put*"],
    ["kms:PutKeyPolicy"],
    ["KMS:putkeypolicy"],
    ["kms:?utKeyPolicy"],
  ])("can be changed by whom it allows %s", (action) => {
    expect(keyLockoutRules([allowing(["kms:Decrypt"]), allowing(["kms:Encrypt", action])])).toEqual([]);
  });

  test("of a new key can be changed by the account", () => {
    const address = { partition: "aws", region: "us-east-1", account: "111122223333" };
    expect(keyLockoutRules([accountKeyStatement(address)])).toEqual([]);
  });

  test.each<[string, Statement[]]>([
    ["says nothing", []],
    ["allows other actions", [allowing(["kms:Get*", "kms:PutKeyPolicyX", "s3:*"])]],
    ["allows a service alone", [allowing(["kms:*"], { Service: ["glue.amazonaws.com"] })]],
  ])("that %s could never be changed", (_, statements) => {
    expect(said(keyLockoutRules(statements))).toBe(
      lines(
        "statements: error: nobody could change the policy of the key again [key-policy-lockout]",
        "  expected: a statement that allows an AWS principal kms:PutKeyPolicy",
        "  remedy:   add one for the administrators of the key, or remove statements: the account then administers it",
      ),
    );
  });

  test("is taken apart at dots as they are", () => {
    expect(codesOf(keyLockoutRules([allowing(["kms.PutKeyPolicy"])]))).toEqual(["key-policy-lockout"]);
  });
});

describe("the owner of a key policy", () => {
  test.each([
    [true, true],
    [true, false],
    [false, false],
  ])("with a key: %s, with an owner: %s", (hasKey, hasKeyPolicy) => {
    expect(keyOwnerRules({ hasKey, hasKeyPolicy })).toEqual([]);
  });

  test("needs the key", () => {
    expect(said(keyOwnerRules({ hasKey: false, hasKeyPolicy: true }))).toBe(
      lines(
        "keyPolicy: error: keyPolicy is given, but no key [key-policy-without-key]",
        "  remedy:   give the ARN of its key as well, or remove keyPolicy",
      ),
    );
  });
});
