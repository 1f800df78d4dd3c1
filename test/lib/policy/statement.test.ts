import type { Statement } from "../../../lib/policy/statement";
import { policyDocument, statementsOf } from "../../../lib/policy/statement";

const read: Statement = {
  Sid: "ZeroEtlAuthorize0123456789abcdef",
  Effect: "Allow",
  Action: ["glue:GetTable"],
};

describe("the statements of one among several", () => {
  test("have Sids of their own under the same word, and say the same", () => {
    const [one, other] = ["orders", "crm"].map((owner) => statementsOf(owner, [read])[0]);
    expect(one?.Sid).toMatch(/^ZeroEtlAuthorize[0-9a-f]{16}$/);
    expect(other?.Sid).toMatch(/^ZeroEtlAuthorize[0-9a-f]{16}$/);
    expect(new Set([read.Sid, one?.Sid, other?.Sid]).size).toBe(3);
    expect({ ...one, Sid: read.Sid }).toEqual(read);
    expect(statementsOf("orders", [read])).toEqual([one]);
  });

  test("stay apart where they were, and get a Sid where they had none", () => {
    const plain = statementsOf("orders", [
      read,
      { ...read, Sid: "ZeroEtlExport" },
      { Effect: "Allow", Action: ["glue:GetTable"] },
    ]);
    expect(plain.map(({ Sid }) => Sid.replace(/[0-9a-f]{16}$/, ""))).toEqual([
      "ZeroEtlAuthorize",
      "ZeroEtlExport",
      "ZeroEtl",
    ]);
    expect(new Set(plain.map(({ Sid }) => Sid)).size).toBe(3);
  });
});

test("a document orders its statements by Sid", () => {
  const statements = ["b", "a", "c"].map((Sid) => ({ ...read, Sid }));
  expect(policyDocument(statements)).toEqual(policyDocument([...statements].reverse()));
});
