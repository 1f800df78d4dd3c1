import type { EntityFacts } from "../../../lib/facts/connectors";
import { CONNECTORS } from "../../../lib/facts/connectors";
import { CONNECTION_SOURCE_KINDS } from "../../../lib/facts/kinds";

function names(facts: EntityFacts): readonly string[] {
  switch (facts.support) {
    case "listed":
      return facts.entities.map(({ name }) => name);
    case "except":
      return facts.unsupported;
    case "any":
      return [];
  }
}

test.each([
  ["salesforce", "SALESFORCE", "except", 418],
  ["salesforce-account-engagement", "SALESFORCEPARDOT", "listed", 10],
  ["sap-odata", "SAPODATA", "any", 0],
  ["servicenow", "SERVICENOW", "except", 574],
  ["zendesk", "ZENDESK", "listed", 7],
  ["zoho-crm", "ZOHOCRM", "listed", 16],
  ["facebook-ads", "FACEBOOKADS", "listed", 3],
  ["instagram-ads", "INSTAGRAMADS", "listed", 3],
] as const)(
  "%s is %s, and its entities are as many as in the guide",
  (kind, connectionType, support, count) => {
    const { entities, ...connector } = CONNECTORS[kind];
    expect(connector).toMatchObject({ connectionType, defaultRefreshInterval: 60 });
    expect(entities.support).toBe(support);
    expect(names(entities)).toHaveLength(count);
  },
);

test.each(CONNECTION_SOURCE_KINDS)(
  "no entity of %s is there twice, in any case, or would break a filter",
  (kind) => {
    const all = names(CONNECTORS[kind].entities);
    expect(new Set(all.map((name) => name.toLowerCase())).size).toBe(all.length);
    // ServiceNow has names with a dollar sign, ads have a slash; AWS's pages show some characters as \$1.
    for (const name of all) expect(name).toMatch(/^(\*\/)?[A-Za-z][\w-]*(\$[a-z_]\w*)?$/);
  },
);

test("the guide's lists of Salesforce are of the kinds that it has", () => {
  const all = names(CONNECTORS.salesforce.entities);
  const ending = (end: string) => all.filter((name) => name.endsWith(end)).length;
  expect([ending("History"), ending("Share"), ending("ChangeEvent")]).toEqual([96, 93, 82]);
  expect(all).toEqual(
    expect.arrayContaining(["CaseHistory2", "CaseHistory2ChangeEvent", "User", "EmailTemplate"]),
  );
});

test("only some entities of Zendesk have no deletes", () => {
  const without = CONNECTION_SOURCE_KINDS.flatMap((kind) => {
    const { entities } = CONNECTORS[kind];
    if (entities.support !== "listed") return [];
    return entities.entities
      .filter(({ operations }) => operations.join() !== "create,update,delete")
      .map(({ name, operations }) => `${kind} ${name} ${operations.join()}`);
  });
  expect(without).toEqual([
    "zendesk satisfaction-rating create,update",
    "zendesk articles create,update",
    "zendesk calls create,update",
    "zendesk legs create,update",
  ]);
});
