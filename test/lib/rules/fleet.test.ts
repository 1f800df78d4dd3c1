import type { FleetMember } from "../../../lib/rules/fleet";
import { fleetRules } from "../../../lib/rules/fleet";
import { codesOf, lines, said } from "./said";

function member(label: string, differing: Partial<FleetMember> = {}): FleetMember {
  return {
    path: ["stacks", "orders", "integrations", label],
    environmentKey: "prod",
    sourceKey: `table ${label}`,
    targetKey: "lake",
    name: label,
    tables: [{ table: label }],
    ...differing,
  };
}

const many = (count: number, differing: (index: number) => Partial<FleetMember>) =>
  Array.from({ length: count }, (_, index) => member(`i${index}`, differing(index)));

test("takes integrations that have nothing in common", () => {
  expect(fleetRules([])).toEqual([]);
  expect(fleetRules([member("a"), member("b")])).toEqual([]);
});

test("fails for one name in one account and region, whatever the stack", () => {
  const a = member("a", { name: "orders" });
  const b = member("b", { name: "orders", path: ["stacks", "other", "integrations", "b"] });
  expect(said(fleetRules([a, b]))).toBe(
    lines(
      'stacks.other.integrations.b: error: two integrations of one account and region have the name "orders" [duplicate-integration-name]',
      "  also:     stacks.orders.integrations.a",
      "  got:      stacks.orders.integrations.a and stacks.other.integrations.b",
      "  remedy:   give one of them another name",
    ),
  );
  expect(fleetRules([a, { ...b, environmentKey: "test" }])).toEqual([]);
  expect(
    fleetRules([
      { ...a, name: undefined },
      { ...b, name: undefined },
    ]),
  ).toEqual([]);
});

test("reports every later one against the first", () => {
  const issues = fleetRules(["a", "b", "c"].map((label) => member(label, { name: "orders" })));
  expect(issues.map(({ got }) => got)).toEqual([
    "stacks.orders.integrations.a and stacks.orders.integrations.b",
    "stacks.orders.integrations.a and stacks.orders.integrations.c",
  ]);
});

test("fails for one source table in one target, even under two target names", () => {
  const a = member("a", { tables: [{ table: "orders" }] });
  const b = member("b", { tables: [{ table: "orders", targetTable: "orders_2" }] });
  expect(said(fleetRules([a, b]))).toBe(
    lines(
      'stacks.orders.integrations.b: error: two integrations replicate a table "orders" into one target [duplicate-table]',
      "  also:     stacks.orders.integrations.a",
      "  got:      stacks.orders.integrations.a and stacks.orders.integrations.b",
      "  remedy:   use another target for one of them: targetTable does not help, the options of a table belong to its source name",
    ),
  );
  expect(fleetRules([a, { ...b, targetKey: "archive" }])).toEqual([]);
});

test("fails for two tables that become one, in any case", () => {
  const a = member("a", { tables: [{ table: "orders" }] });
  const b = member("b", { tables: [{ table: "invoices", targetTable: "Orders" }] });
  expect(said(fleetRules([a, b]))).toBe(
    lines(
      'stacks.orders.integrations.b: error: tables "orders" and "invoices" both become "orders" in one target [duplicate-target-table]',
      "  also:     stacks.orders.integrations.a",
      "  got:      stacks.orders.integrations.a and stacks.orders.integrations.b",
      "  remedy:   give one of them another targetTable, or another target",
    ),
  );
});

test("fails for two tables of one integration that become one", () => {
  const issues = fleetRules([member("a", { tables: [{ table: "x" }, { table: "y", targetTable: "x" }] })]);
  expect(said(issues)).toBe(
    lines(
      'stacks.orders.integrations.a: error: tables "x" and "y" both become "x" in one target [duplicate-target-table]',
      "  got:      stacks.orders.integrations.a",
      "  remedy:   give one of them another targetTable, or another target",
    ),
  );
});

describe("SAP entities", () => {
  const sap = (label: string, entities?: FleetMember["entities"], differing: Partial<FleetMember> = {}) =>
    member(label, { sourceKind: "sap-odata", sourceKey: "sap-prod", entities, ...differing });

  test("have one delta token of a connection, wherever they go", () => {
    expect(
      said(fleetRules([sap("a", ["Orders", "Items"], { targetKey: "archive" }), sap("b", ["Items"])])),
    ).toBe(
      lines(
        'stacks.orders.integrations.b: error: two integrations replicate the entity "Items" of one SAP connection, which has one delta token for it [sap-delta-token]',
        "  also:     stacks.orders.integrations.a",
        "  got:      stacks.orders.integrations.a and stacks.orders.integrations.b",
        "  remedy:   keep it in one of them, or use another connection with a client of its own",
      ),
    );
  });

  test("are in none of the others when one has every entity", () => {
    const all = [sap("a", ["Orders"]), sap("b", "all"), sap("c", "all"), sap("d", undefined)];
    expect(said(fleetRules(all))).toBe(
      lines(
        "stacks.orders.integrations.b: error: an integration replicates every entity of an SAP connection that others use, and an entity has one delta token [sap-delta-token]",
        "  also:     stacks.orders.integrations.a",
        "  also:     stacks.orders.integrations.c",
        "  got:      stacks.orders.integrations.b and stacks.orders.integrations.a and stacks.orders.integrations.c",
        "  remedy:   select its entities, or use another connection with a client of its own",
      ),
    );
  });

  test("may be in different integrations, or of different connections", () => {
    expect(fleetRules([sap("a", ["Orders", "Orders"]), sap("b", ["Items", "orders"])])).toEqual([]);
    expect(fleetRules([sap("a", ["Orders"]), sap("b", ["Orders"], { sourceKey: "sap-test" })])).toEqual([]);
    expect(fleetRules([sap("a", "all"), sap("b", "all", { sourceKey: "sap-test" })])).toEqual([]);
    expect(fleetRules([sap("a", "all"), sap("b")])).toEqual([]);
  });

  test("are the only ones with a delta token", () => {
    const zendesk = { sourceKind: "zendesk", sourceKey: "desk" } as const;
    expect(
      fleetRules([sap("a", ["tickets"], zendesk), sap("b", ["tickets"], zendesk), sap("c", "all", zendesk)]),
    ).toEqual([]);
  });
});

describe("quotas", () => {
  test("25 integrations in an account and region", () => {
    const each = (index: number) => ({ targetKey: `target ${index}` });
    expect(fleetRules(many(25, each))).toEqual([]);
    expect(said(fleetRules(many(26, each)))).toBe(
      lines(
        "stacks.orders.integrations.i25: warning: there are more than 25 integrations in one account and region, the default quota [account-quota]",
        "  got:      26 integrations",
        "  expected: at most 25",
        "  remedy:   ask AWS for a higher quota before you apply",
      ),
    );
  });

  test("15 integrations of a source", () => {
    const each = (index: number) => ({ targetKey: `target ${index}`, sourceKey: "orders" });
    expect(fleetRules(many(15, each))).toEqual([]);
    expect(said(fleetRules(many(16, each)))).toBe(
      lines(
        "stacks.orders.integrations.i15: warning: there are more than 15 integrations of one source, the default quota [source-quota]",
        "  got:      16 integrations",
        "  expected: at most 15",
        "  remedy:   ask AWS whether the quota can be raised",
      ),
    );
  });

  test("50 integrations into a target", () => {
    const each = (index: number) => ({ environmentKey: `environment ${index % 5}` });
    expect(fleetRules(many(50, each))).toEqual([]);
    const issues = fleetRules(many(51, each));
    expect(codesOf(issues)).toEqual(["target-quota"]);
    expect(said(issues)).toBe(
      lines(
        "stacks.orders.integrations.i50: warning: there are more than 50 integrations into one target, the default quota [target-quota]",
        "  got:      51 integrations",
        "  expected: at most 50",
        "  remedy:   spread them over several targets",
      ),
    );
  });
});
