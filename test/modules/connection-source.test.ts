import type { ConnectionSourceProps } from "../../modules";
import { ConnectionSource, GlueDatabaseTarget, ZeroEtlIntegration, ZeroEtlStack } from "../../modules";
import { CONNECTORS } from "../../lib/facts/connectors";
import { CONNECTION_SOURCE_KINDS } from "../../lib/facts/kinds";
import type { StackJson } from "../support/synth";
import { OWNING, PROD, desiredState, failedSynth, policyOf, synthStack } from "../support/synth";

type Sources = Record<string, Partial<ConnectionSourceProps>>;

/** One integration per source into one database. */
function integrate(sources: Sources): StackJson {
  return synthStack((app) => build(new ZeroEtlStack(app, "crm", OWNING), sources));
}

function build(stack: ZeroEtlStack, sources: Sources): void {
  for (const [id, props] of Object.entries(sources)) {
    const source = new ConnectionSource(stack.sources, id, { kind: "zendesk", connection: "prod", ...props });
    const target = new GlueDatabaseTarget(stack.targets, id, {
      database: `${id}_lake`,
      location: `s3://acme/${id}/`,
    });
    new ZeroEtlIntegration(stack.integrations, id, { source, target });
  }
}

const states = (stack: StackJson, type: string) =>
  Object.values(stack.resources("aws_cloudcontrolapi_resource"))
    .filter((resource) => resource["type_name"] === `AWS::Glue::${type}`)
    .map(desiredState);
const properties = (stack: StackJson) =>
  states(stack, "IntegrationResourceProperty").filter((state) => "SourceProcessingProperties" in state);

describe("a connection", () => {
  test("is the integration's source, by an ARN made of names", () => {
    const [integration] = states(integrate({ tickets: {} }), "Integration");
    expect(integration?.["SourceArn"]).toBe("arn:aws:glue:us-east-1:111122223333:connection/prod");
    expect(integration).not.toHaveProperty("DataFilter");
  });

  test("is read for its entities only, in one order", () => {
    const [integration] = states(integrate({ tickets: { entities: ["users", "tickets"] } }), "Integration");
    expect(integration?.["DataFilter"]).toBe("include: tickets, include: users");
  });

  test.each(CONNECTION_SOURCE_KINDS)("is checked at plan to lead to %s", (kind) => {
    const stack = integrate({ source: { kind } });
    const [lookup, ...more] = Object.values(stack.data("aws_glue_connection"));
    expect(more).toEqual([]);
    expect(lookup?.["id"]).toBe("111122223333:prod");
    const { connectionType, title } = CONNECTORS[kind];
    expect((lookup?.["lifecycle"] as { postcondition: unknown }).postcondition).toEqual([
      {
        condition: `\${self.connection_type == "${connectionType}"}`,
        error_message: `the Glue connection prod is of type \${self.connection_type}, and a ${kind} source needs one of type ${connectionType} (${title}). Declare the type that the connection has, or another connection.`,
      },
    ]);
  });
});

describe("the role that reads it", () => {
  test("is handed to AWS Glue by the connection's resource property, after its permissions exist", () => {
    const stack = integrate({ tickets: {} });
    expect(properties(stack)).toEqual([
      {
        ResourceArn: "arn:aws:glue:us-east-1:111122223333:connection/prod",
        SourceProcessingProperties: {
          RoleArn: "arn:aws:iam::111122223333:role/zero-etl-source-prod-us-east-1",
        },
      },
    ]);
    const resource = Object.entries(stack.resources("aws_cloudcontrolapi_resource")).find(([name]) =>
      name.startsWith("IntegrationResourceProperty_connection"),
    )?.[1];
    expect(resource?.["depends_on"]).toEqual([
      expect.stringMatching(/^data\.aws_glue_connection\./),
      expect.stringMatching(/^aws_iam_role\.SourceRole_/),
      expect.stringMatching(/^aws_iam_role_policy\.SourceRole_/),
    ]);
  });

  test("exists once for a connection, with one property and one lookup, however many sources select from it", () => {
    const stack = integrate({ tickets: { entities: ["tickets"] }, people: { entities: ["users"] } });
    expect(properties(stack)).toHaveLength(1);
    expect(Object.keys(stack.data("aws_glue_connection"))).toHaveLength(1);
    const roles = Object.values(stack.resources("aws_iam_role")).map(({ name }) => name);
    expect(roles.filter((name) => String(name).startsWith("zero-etl-source-"))).toHaveLength(1);
  });

  test("has further permissions where they are given", () => {
    const extra = { Sid: "Extra", Effect: "Allow" as const, Action: ["kms:Decrypt"], Resource: ["*"] };
    const stack = integrate({ tickets: { extraStatements: [extra] } });
    const policies = Object.values(stack.resources("aws_iam_role_policy")).filter(
      ({ name }) => name === "zero-etl-source",
    );
    expect(policies).toHaveLength(1);
    expect(policyOf(policies[0] ?? {}).Statement.map(({ Sid }) => Sid)).toEqual([
      "Extra",
      "ReadConnection",
      "ReadEntities",
      "WriteLogs",
    ]);
  });

  test("is not made where one is brought along", () => {
    const roleArn = "arn:aws:iam::111122223333:role/reader";
    const stack = integrate({ tickets: { roleArn } });
    expect(properties(stack)[0]?.["SourceProcessingProperties"]).toEqual({ RoleArn: roleArn });
    expect(Object.values(stack.resources("aws_iam_role_policy")).map(({ name }) => name)).toEqual([
      "zero-etl-target",
    ]);
  });
});

describe("fails", () => {
  test("where a filter and entities both select the data", () => {
    expect(() =>
      synthStack((app) => {
        const stack = new ZeroEtlStack(app, "crm", PROD);
        const source = new ConnectionSource(stack, "source", {
          kind: "zendesk",
          connection: "prod",
          entities: ["users"],
        });
        const target = new GlueDatabaseTarget(stack, "lake", { database: "lake", location: "s3://acme" });
        new ZeroEtlIntegration(stack, "i", { source, target, dataFilter: "include: tickets" });
      }),
    ).toThrow(/crm\/i: .*\[data-filter-conflict\]/);
  });

  test("where an entity is none of the product's", () => {
    expect(() => integrate({ tickets: { entities: ["ticket"] } })).toThrow(
      /crm\/Sources\/tickets: .*\[unknown-entity\]/,
    );
  });

  test("where two sources of one connection bring different roles", () => {
    const role = (name: string) => ({ roleArn: `arn:aws:iam::111122223333:role/${name}` });
    expect(() => integrate({ tickets: role("a"), people: role("b") })).toThrow(
      "crm/Sources/tickets and crm/Sources/people ask for different settings of one document [conflicting-contributions]",
    );
  });

  test("where two integrations replicate one entity of one SAP connection", () => {
    const orders = { kind: "sap-odata", connection: "erp", entities: ["Orders"] } as const;
    const { message, written } = failedSynth((app) =>
      build(new ZeroEtlStack(app, "erp", PROD), { a: orders, b: orders }),
    );
    expect(message).toContain("[sap-delta-token]");
    expect(written).toEqual([]);
  });
});
