// Source tables: what a plan does to them, written small.
import {
  sourceAwsManagedKey,
  sourceRecoveryOff,
  sourceTableLost,
} from "../../../../lib/review/rules/source-tables";
import { arnOf, integration, table } from "../../../review/written";
import { said, writtenPlan } from "../../../review/view";

const reads = integration("orders", { SourceArn: arnOf.table("orders") });
const ADDRESS = "aws_dynamodb_table.orders";

const recovery = (enabled: boolean) => ({ point_in_time_recovery: [{ enabled }] });

describe("a source table", () => {
  test("that no integration reads is nobody's business", () => {
    const view = writtenPlan([
      integration("other", { SourceArn: arnOf.table("other") }),
      { address: ADDRESS, before: table("orders", recovery(true)), after: null },
    ]);
    expect(said(sourceTableLost, view)).toEqual([]);
  });

  test("that goes together with its integration is no loss", () => {
    const view = writtenPlan([
      { ...reads, after: null },
      { address: ADDRESS, before: table("orders", recovery(true)), after: null },
    ]);
    expect(said(sourceTableLost, view)).toEqual([]);
  });

  test("that is lost is said with its readers, in whichever stack they are", () => {
    const tables = writtenPlan([{ address: ADDRESS, before: table("orders"), after: null }], {
      stack: "base",
    });
    const readers = writtenPlan([reads, integration("more", { SourceArn: arnOf.table("orders") })]);
    expect(said(sourceTableLost, tables, [tables, readers])).toEqual([
      {
        address: ADDRESS,
        reason: "destroys the table orders, which the integrations more and orders read",
        consequence:
          "the items of the table are lost, and the integration needs attention until AWS gives it up after seven days",
        remedy: "remove the integration first, in a plan of its own, or keep the table (prevent_destroy)",
      },
    ]);
    expect(said(sourceTableLost, readers, [tables, readers])).toEqual([]);
  });

  test("of another account with the same name is another table", () => {
    const view = writtenPlan([
      integration("orders", { SourceArn: arnOf.table("orders").replace("111122223333", "444455556666") }),
      { address: ADDRESS, before: table("orders"), after: null },
    ]);
    expect(said(sourceTableLost, view)).toEqual([]);
  });

  test("that a failed replacement left behind is not the table", () => {
    const view = writtenPlan([
      reads,
      { address: ADDRESS, before: table("orders"), after: null, deposed: "0a1b2c3d" },
    ]);
    expect(said(sourceTableLost, view)).toEqual([]);
  });
});

describe("point-in-time recovery", () => {
  const change = (before: object | null, after: object) =>
    said(sourceRecoveryOff, writtenPlan([reads, { address: ADDRESS, before, after }])).map(
      ({ reason }) => reason,
    );

  test("is missed where it is turned off, and where a table is made without it", () => {
    expect(change(table("orders", recovery(true)), table("orders", recovery(false)))).toEqual([
      "turns point-in-time recovery of the table orders off",
    ]);
    expect(change(null, { name: "orders" })).toEqual([
      "makes the table orders without point-in-time recovery",
    ]);
  });

  test.each([
    ["stays on", table("orders", recovery(true)), table("orders", { ...recovery(true), tags: { a: "b" } })],
    ["is turned on", table("orders", recovery(false)), table("orders", recovery(true))],
    ["was off before", table("orders", recovery(false)), table("orders", { ...recovery(false), tags: {} })],
  ])("is not missed where it %s", (_, before, after) => {
    expect(change(before, after)).toEqual([]);
  });
});

describe("the key of a table", () => {
  const change = (before: object | null, after: object) =>
    said(sourceAwsManagedKey, writtenPlan([reads, { address: ADDRESS, before, after }])).length;
  const key = (kms_key_arn: string | null, enabled = true) => ({
    server_side_encryption: [{ enabled, kms_key_arn }],
  });

  test.each([
    ["the one that AWS manages", key(null), 1],
    ["the one that AWS owns", key(null, false), 0],
    ["one of the user's", key("arn:aws:kms:us-east-1:111122223333:key/k"), 0],
  ])("is reported only where it becomes %s", (_, after, findings) => {
    expect(change(table("orders"), table("orders", after))).toBe(findings);
    expect(change(null, { name: "orders", ...after })).toBe(findings);
  });

  test("is no news where it was the managed one before", () => {
    expect(change(table("orders", key(null)), table("orders", { ...key(null), tags: {} }))).toBe(0);
  });

  test("that is yet to be made is not the managed one", () => {
    const view = writtenPlan([
      reads,
      {
        address: ADDRESS,
        after: { name: "orders", server_side_encryption: [{ enabled: true }] },
        unknown: { server_side_encryption: [{ kms_key_arn: true }] },
      },
    ]);
    expect(said(sourceAwsManagedKey, view)).toEqual([]);
  });
});
