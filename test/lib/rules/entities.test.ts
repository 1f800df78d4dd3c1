import type { ConnectionSourceKind } from "../../../lib/facts/kinds";
import { CONNECTORS } from "../../../lib/facts/connectors";
import { CONNECTION_SOURCE_KINDS } from "../../../lib/facts/kinds";
import { dataFilterOf } from "../../../lib/rules/data-filter";
import { entityRules } from "../../../lib/rules/entities";
import { codesOf, lines, said } from "./said";

const remediesOf = (kind: ConnectionSourceKind, entities: readonly string[]) =>
  entityRules(kind, entities).map(({ code, remedy }) => [code, remedy]);

/** Every list of the facts, in parts that a data filter holds. */
function parts(names: readonly string[]): string[][] {
  const size = 20;
  return Array.from({ length: Math.ceil(names.length / size) }, (_, index) =>
    names.slice(index * size, (index + 1) * size),
  );
}

describe("any source", () => {
  test.each(CONNECTION_SOURCE_KINDS)("takes what is not known of %s", (kind) => {
    expect(entityRules(kind, undefined)).toEqual([]);
  });

  test("refuses an empty list, an empty name and a double one", () => {
    expect(said(entityRules("sap-odata", []))).toBe(
      lines(
        ".: error: entities is an empty list [empty-list]",
        "  got:      an empty list",
        "  remedy:   remove the key to replicate every entity",
      ),
    );
    expect(said(entityRules("sap-odata", [" "]))).toBe(
      lines(
        "0: error: an entry of entities is empty [empty-text]",
        '  got:      " "',
        "  remedy:   give it a value",
      ),
    );
    expect(said(entityRules("zendesk", ["calls", "calls"]))).toBe(
      lines(
        '1: error: entities holds "calls" twice [duplicate-entry]',
        "  also:     0",
        "  remedy:   remove one of the two",
        '0: note: AWS supports create and update of "calls", not delete [entity-operations]',
      ),
    );
  });

  test.each([
    ["a comma", "Account, Contact", "make an entry of each: Account, Contact"],
    ["a comma", "Account,", 'did you mean "Account"?'],
    ["a comma", ",", "give the name of the entity, not its label"],
    ["a line break", "Account\nContact", "make an entry of each: Account, Contact"],
    ["white space", " Account", 'did you mean "Account"?'],
    ["white space", "Custom Object", "give the name of the entity, not its label"],
    ["white space", "Custom\tObject", "give the name of the entity, not its label"],
  ])("refuses %s in %j", (separator, entity, remedy) => {
    for (const kind of [undefined, "salesforce", "servicenow", "sap-odata"] as const) {
      expect(said(entityRules(kind, [entity]))).toBe(
        lines(
          `0: error: an entity has ${separator} in its name, which breaks the data filter [entity-name]`,
          `  got:      ${JSON.stringify(entity)}`,
          "  expected: the name of one entity",
          `  remedy:   ${remedy}`,
        ),
      );
    }
  });

  test.each(["include: Account", "EXCLUDE:Account", "exclude: *, include: Account"])(
    "refuses the data filter %j",
    (entity) => {
      expect(said(entityRules("salesforce", [entity]))).toBe(
        lines(
          "0: error: an entity is a data filter, not a name [entity-name]",
          `  got:      "${entity}"`,
          "  expected: the name of one entity",
          "  remedy:   list the names alone, or give the filter to the integration as dataFilter",
        ),
      );
    },
  );

  test("refuses more than a data filter holds", () => {
    const names = Array.from({ length: 25 }, (_, index) => `${String(index).padEnd(72, "x")}`);
    expect(dataFilterOf(names.slice(0, 24))).toHaveLength(1990);
    expect(entityRules("sap-odata", names.slice(0, 24))).toEqual([]);
    expect(codesOf(entityRules("sap-odata", names))).toEqual(["data-filter-length"]);
    expect(entityRules("sap-odata", names)).toMatchObject([{ path: [] }]);
  });
});

describe.each(["salesforce", "servicenow"] as const)("%s", (kind) => {
  const { entities: facts } = CONNECTORS[kind];
  const unsupported = facts.support === "except" ? facts.unsupported : [];

  test("refuses every entity of AWS's list, in any case", () => {
    for (const some of parts(unsupported)) {
      const codes = some.map(() => "unsupported-entity");
      expect(codesOf(entityRules(kind, some))).toEqual(codes);
      expect(
        codesOf(
          entityRules(
            kind,
            some.map((name) => name.toUpperCase()),
          ),
        ),
      ).toEqual(codes);
    }
  });
});

describe("Salesforce", () => {
  test("takes standard objects and what customers made", () => {
    expect(entityRules("salesforce", ["Account", "CaseHistory2x", "Invoice__c", "acme__Order__c"])).toEqual(
      [],
    );
  });

  test("refuses what AWS does not support", () => {
    expect(said(entityRules("salesforce", ["Account", "UserRole"]))).toBe(
      lines(
        '1: error: AWS does not support "UserRole" in a zero-ETL integration with a Salesforce source [unsupported-entity]',
        "  remedy:   remove it",
      ),
    );
    expect(codesOf(entityRules("salesforce", ["CaseHistory2", "CaseHistory2ChangeEvent"]))).toEqual([
      "unsupported-entity",
      "unsupported-entity",
    ]);
  });

  test("refuses it in another case", () => {
    expect(said(entityRules("salesforce", ["userrole"]))).toBe(
      lines(
        '0: error: AWS does not support "UserRole" in a zero-ETL integration with a Salesforce source [unsupported-entity]',
        '  got:      "userrole"',
        "  remedy:   remove it",
      ),
    );
  });
});

test("ServiceNow refuses what AWS does not support", () => {
  expect(entityRules("servicenow", ["incident", "u_par1"])).toEqual([]);
  expect(said(entityRules("servicenow", ["cmdb$par1"]))).toBe(
    lines(
      '0: error: AWS does not support "cmdb$par1" in a zero-ETL integration with a ServiceNow source [unsupported-entity]',
      "  remedy:   remove it",
    ),
  );
});

describe.each([
  "salesforce-account-engagement",
  "zendesk",
  "zoho-crm",
  "facebook-ads",
  "instagram-ads",
] as const)("%s", (kind) => {
  const { entities: facts } = CONNECTORS[kind];
  const entities = facts.support === "listed" ? facts.entities : [];

  test("takes every entity of AWS's list", () => {
    const issues = entityRules(
      kind,
      entities.map(({ name }) => name),
    );
    expect(issues.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  test("suggests the name for the label and for another case", () => {
    for (const { name, label = name } of entities) {
      const words = [label, name.toUpperCase()].filter((word) => word !== name);
      for (const word of words)
        expect(remediesOf(kind, [word])).toEqual([["unknown-entity", `did you mean "${name}"?`]]);
    }
  });
});

test("an entity that is not listed is refused with the list", () => {
  expect(said(entityRules("zendesk", ["tickets", "ticket", "triggers"]))).toBe(
    lines(
      '1: error: AWS supports no entity "ticket" of a Zendesk source [unknown-entity]',
      "  expected: tickets, users, satisfaction-rating, articles, organizations, calls, legs",
      '  remedy:   did you mean "tickets"?',
      '2: error: AWS supports no entity "triggers" of a Zendesk source [unknown-entity]',
      "  expected: tickets, users, satisfaction-rating, articles, organizations, calls, legs",
    ),
  );
  expect(remediesOf("zendesk", ["tickets "])).toEqual([["unknown-entity", 'did you mean "tickets"?']]);
  expect(codesOf(entityRules("zendesk", ["tickets, users"]))).toEqual(["entity-name"]);
});

test.each([
  ["zendesk", ["satisfaction-rating", "articles", "calls", "legs"], ["tickets", "users", "organizations"]],
] as const)("%s notes the entities without deletes", (kind, without, withDeletes) => {
  expect(entityRules(kind, withDeletes)).toEqual([]);
  expect(codesOf(entityRules(kind, without))).toEqual(without.map(() => "entity-operations"));
});

describe("ads", () => {
  test("take the entities of every account", () => {
    expect(entityRules("facebook-ads", ["*/adsets", "*/campaigns", "*/ads"])).toEqual([]);
  });

  test("take those of one account, with a note", () => {
    expect(said(entityRules("instagram-ads", ["act_123/adsets"]))).toBe(
      lines(
        '0: note: AWS documents "*/adsets" only, not how to name one ad account [ad-account-entity]',
        '  got:      "act_123/adsets"',
        "  remedy:   try it in a test account before you rely on it",
      ),
    );
  });

  test.each([
    ["ads", '"*/ads"'],
    ["adset", '"*/adsets"'],
    ["/ads", '"*/ads"'],
    ["123/adset", '"123/adsets"'],
    ["1/2/ads", '"*/ads"'],
    ["my account/ads", '"*/ads"'],
  ])("refuse %j", (entity, meant) => {
    expect(remediesOf("facebook-ads", [entity])).toEqual([["unknown-entity", `did you mean ${meant}?`]]);
  });

  test("refuse what is of no ads", () => {
    expect(remediesOf("facebook-ads", ["123/insights"])).toEqual([["unknown-entity", undefined]]);
  });
});

test("SAP OData takes any entity", () => {
  expect(
    entityRules("sap-odata", ["A_SalesOrder", "/sap/opu/odata/sap/API_PRODUCT_SRV;v=0002/A_Product"]),
  ).toEqual([]);
});
