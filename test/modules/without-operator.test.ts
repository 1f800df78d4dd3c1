import type { ConnectionSourceProps } from "../../modules";
import { ConnectionSource, GlueDatabaseTarget, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import type { Parts } from "../support/orders-to-lake";
import { LAKE, ordersToLake } from "../support/orders-to-lake";
import { OWNING, PROD, synthStack } from "../support/synth";

describe("operator: false", () => {
  const alone = { ...PROD, operator: false } as const;
  const refusal = (where: string, what: string, remedy: string) =>
    [
      `${where}: error: ${what} cannot be managed without the operator [needs-operator]`,
      "  got:      operator: false",
      `  remedy:   ${remedy}`,
    ].join("\n");
  const said = (build: () => unknown): string => {
    try {
      build();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error("nothing was refused");
  };

  test("refuses to merge into a table's policy", () => {
    expect(said(() => ordersToLake({}, alone))).toBe(
      refusal(
        "orders/DynamoDbTablePolicy/orders",
        "the statements of this stack in the resource policy of the DynamoDB table orders",
        "set tablePolicy: own to write the whole document, or external to write nothing",
      ),
    );
  });

  test("refuses to merge into the catalog policy", () => {
    expect(said(() => ordersToLake({ source: { tablePolicy: "own" } }, alone))).toBe(
      refusal(
        "orders/GlueCatalogPolicy",
        "the statements of this stack in the Glue catalog policy",
        "set catalogPolicy: own to write the whole document, or external to write nothing",
      ),
    );
  });

  test("refuses table options", () => {
    const parts: Parts = {
      source: { tablePolicy: "own" },
      integration: { tables: { orders: { unnest: "none" } } },
    };
    expect(said(() => ordersToLake(parts, OWNING))).toBe(
      refusal(
        "orders/IntegrationTableProperties/glue-database/sales_lake/orders",
        "the table properties of orders in the glue-database sales_lake",
        "remove tables: AWS then unnests fully and partitions by the primary key",
      ),
    );
  });

  test("refuses the primary keys of a connection", () => {
    const erp: ConnectionSourceProps = {
      kind: "sap-odata",
      connection: "erp",
      entities: ["EntityOfOrders"],
      primaryKeys: { EntityOfOrders: ["Id"] },
    };
    const build = () =>
      synthStack((app) => {
        const scope = new ZeroEtlStack(app, "orders", OWNING);
        new ZeroEtlIntegration(scope.integrations, "erp", {
          source: new ConnectionSource(scope.sources, "erp", erp),
          target: new GlueDatabaseTarget(scope.targets, "lake", LAKE),
        });
      });
    expect(said(build)).toBe(
      refusal(
        "orders/IntegrationTableProperties/connection/erp/EntityOfOrders",
        "the table properties of EntityOfOrders in the connection erp",
        "remove primaryKeys",
      ),
    );
  });

  test("refuses drift checks", () => {
    expect(said(() => ordersToLake({}, { ...OWNING, driftChecks: true }))).toBe(
      [
        "orders/prod: driftChecks: error: drift checks cannot be managed without the operator [needs-operator]",
        "  got:      operator: false",
        "  remedy:   remove driftChecks",
      ].join("\n"),
    );
  });

  test("leaves everything else, and waits for no role", () => {
    const stack = ordersToLake(
      { source: { tablePolicy: "own" }, integration: { refreshInterval: 60 } },
      OWNING,
    );
    expect(stack.text).not.toContain("lambda");
    expect(stack.text).toContain('\\"RefreshInterval\\":\\"60\\"');
  });
});
