import { primaryKeyRules } from "../../../lib/rules/primary-keys";
import { codesOf, lines, said } from "./said";

const enablement = lines(
  "primaryKeys: note: AWS Support has to enable primary keys for SAP OData, and a key that is set cannot be modified [primary-key-enablement]",
);

test("takes what is not known, and a source without keys", () => {
  expect(primaryKeyRules(undefined, undefined, undefined)).toEqual([]);
  expect(primaryKeyRules("sap-odata", undefined, undefined)).toEqual([]);
  expect(primaryKeyRules("sap-odata", {}, ["A_SalesOrder", "NotEntityOfOrders"])).toEqual([]);
  expect(primaryKeyRules("zendesk", undefined, ["EntityOfOrders"])).toEqual([]);
});

test("notes once what AWS Support has to do", () => {
  const keys = { EntityOfOrders: ["Id"], EntityOfItems: ["Id", "Position"] };
  expect(said(primaryKeyRules("sap-odata", keys, ["EntityOfOrders", "EntityOfItems"]))).toBe(enablement);
  expect(said(primaryKeyRules("sap-odata", keys, undefined))).toBe(enablement);
});

test.each(["EntityOfOrders", "/sap/opu/odata/sap/ZORDERS_SRV/EntityOfOrders"])(
  "refuses %s without a key",
  (entity) => {
    expect(said(primaryKeyRules("sap-odata", undefined, ["A_Product", entity, entity]))).toBe(
      lines(
        `entities.1: error: the SAP OData entity "${entity}" needs its primary key [missing-primary-key]`,
        `  expected: the fields of its key, as ${entity} of primaryKeys`,
        "  remedy:   add it to primaryKeys",
      ),
    );
    expect(codesOf(primaryKeyRules("sap-odata", { [entity]: ["Id"] }, [entity]))).toEqual([
      "primary-key-enablement",
    ]);
  },
);

test("warns of keys that AWS does not document", () => {
  expect(said(primaryKeyRules("sap-odata", { Items: ["Id"] }, ["Items"]))).toBe(
    lines(
      enablement,
      "primaryKeys.Items: warning: AWS documents primary keys for SAP entities named EntityOf..., not for Items [primary-key-entity]",
      "  remedy:   remove it unless AWS Support has enabled it",
    ),
  );
});

test("refuses the key of a misspelt entity, and says no more of the right one", () => {
  const entities = ["EntityOfOrders", "Items"];
  expect(said(primaryKeyRules("sap-odata", { EntityOfOrdrs: ["Id"] }, entities))).toBe(
    lines(
      enablement,
      "primaryKeys.EntityOfOrdrs: error: EntityOfOrdrs has a primary key and is not among the entities [unknown-value]",
      "  expected: EntityOfOrders, Items",
      '  remedy:   did you mean "EntityOfOrders"?',
    ),
  );
});

test("refuses a key without fields, with an empty field or one twice", () => {
  const codes = (fields: readonly string[]) =>
    codesOf(primaryKeyRules("sap-odata", { EntityOfOrders: fields }, undefined)).slice(1);
  expect(codes(["Id"])).toEqual([]);
  expect(codes([])).toEqual(["empty-list"]);
  expect(codes(["", "Id", "Id"])).toEqual(["empty-text", "duplicate-entry"]);
});
