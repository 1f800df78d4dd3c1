import type { App } from "cdktf";
import { TerraformVariable, Token } from "cdktf";
import type { ZeroEtlIntegrationProps, ZeroEtlStackProps } from "../../modules";
import { ZeroEtlIntegration, ZeroEtlStack, addOutputs } from "../../modules";
import { FakeSource, FakeTarget } from "../support/doubles";
import { operatorCall } from "../support/operator-calls";
import type { StackJson } from "../support/synth";
import { OWNING, PROD, desiredState, failedSynth, synth, synthStack } from "../support/synth";

type Settings = Omit<ZeroEtlIntegrationProps, "source" | "target">;

function integrate(settings: Settings = {}): StackJson {
  return integrateIn(PROD, settings);
}

function integrateIn(place: ZeroEtlStackProps, settings: Settings): StackJson {
  return synthStack((app) => {
    const stack = new ZeroEtlStack(app, "orders", place);
    const [source, target] = [new FakeSource(stack), new FakeTarget(stack)];
    new ZeroEtlIntegration(stack.integrations, "orders-to-lake", { source, target, ...settings });
  });
}

function refused(settings: Settings): string {
  let message = "";
  expect(() => {
    try {
      integrate(settings);
    } catch (error) {
      message = (error as Error).message;
      throw error;
    }
  }).toThrow();
  return message;
}

const integration = (stack: StackJson) => stack.resource("aws_cloudcontrolapi_resource");

describe("the integration resource", () => {
  test("is one Cloud Control resource, named like the construct, between what source and target returned", () => {
    const resource = integration(integrate());
    expect(resource["type_name"]).toBe("AWS::Glue::Integration");
    expect(desiredState(resource)).toEqual({
      IntegrationName: "orders-to-lake",
      SourceArn: "arn:aws:dynamodb:us-east-1:111122223333:table/fake",
      TargetArn: "arn:aws:glue:us-east-1:111122223333:database/fake",
    });
  });

  test("carries every setting", () => {
    const resource = integration(
      integrateIn(OWNING, {
        name: "orders",
        description: "Orders for the lake",
        refreshInterval: "6h",
        kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
        encryptionContext: { team: "data" },
      }),
    );
    expect(desiredState(resource)).toMatchObject({
      IntegrationName: "orders",
      Description: "Orders for the lake",
      IntegrationConfig: { RefreshInterval: "360" },
      KmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/1",
      AdditionalEncryptionContext: { team: "data" },
    });
  });

  test("has sorted keys in its desired state, because another order would plan an update", () => {
    const text = String(
      integration(integrateIn(OWNING, { description: "x", refreshInterval: 15 }))["desired_state"],
    );
    const keys = Object.keys(JSON.parse(text));
    expect(keys).toEqual([...keys].sort());
  });

  test("brings the schema of its type, so that a plan needs no DescribeType", () => {
    const stack = integrate();
    const name = String(integration(stack)["schema"]).replace(/^\$\{local\.(.*)\}$/, "$1");
    const schema = JSON.parse(String((stack.json["locals"] as Record<string, unknown>)[name]));
    expect(schema.typeName).toBe("AWS::Glue::Integration");
    expect(schema.createOnlyProperties).toContain("/properties/IntegrationName");
  });

  test("carries the tags of the environment in CloudFormation's form", () => {
    const stack = synthStack((app) => {
      const tagged = new ZeroEtlStack(app, "orders", { ...PROD, tags: { team: "data", owner: "ana" } });
      new ZeroEtlIntegration(tagged, "i", { source: new FakeSource(tagged), target: new FakeTarget(tagged) });
    });
    expect(desiredState(integration(stack))["Tags"]).toEqual([
      { Key: "owner", Value: "ana" },
      { Key: "team", Value: "data" },
    ]);
  });

  test("leaves JSON with a token to Terraform, which escapes what only it knows", () => {
    const stack = synthStack((app) => {
      const plain = new ZeroEtlStack(app, "orders", PROD);
      const variable = new TerraformVariable(plain, "text", { type: "string" });
      const description = Token.asString(variable.value);
      new ZeroEtlIntegration(plain, "i", {
        source: new FakeSource(plain),
        target: new FakeTarget(plain),
        description,
      });
    });
    const text = String(integration(stack)["desired_state"]);
    expect(text).toMatch(/^\$\{jsonencode\(\{"Description" = var\.text, "IntegrationName" = "i"/);
  });
});

describe("an interval that only Terraform knows", () => {
  const given = (place: ZeroEtlStackProps) =>
    synthStack((app) => {
      const made = new ZeroEtlStack(app, "orders", place);
      const refreshInterval = new TerraformVariable(made, "minutes", { type: "number" }).numberValue;
      const [source, target] = [new FakeSource(made), new FakeTarget(made)];
      new ZeroEtlIntegration(made, "i", { source, target, refreshInterval });
    });

  test("is minutes, and is never left out", () => {
    expect(integration(given(OWNING))["desired_state"]).toContain(
      '"RefreshInterval" = tostring(var.minutes)',
    );
    const { input } = operatorCall(given(PROD), "integration-settings");
    expect(input["refreshInterval"]).toBe("${tostring(var.minutes)}");
  });
});

describe("a key that only Terraform knows", () => {
  test("is a key: its encryption context is accepted", () => {
    const stack = synthStack((app) => {
      const made = new ZeroEtlStack(app, "orders", PROD);
      const kmsKeyArn = new TerraformVariable(made, "key", { type: "string" }).stringValue;
      const [source, target] = [new FakeSource(made), new FakeTarget(made)];
      new ZeroEtlIntegration(made, "i", { source, target, kmsKeyArn, encryptionContext: { team: "data" } });
    });
    expect(integration(stack)["desired_state"]).toContain('"KmsKeyId" = var.key');
  });
});

describe("order", () => {
  test("the integration waits for exactly what source and target returned", () => {
    const stack = integrate();
    const names = Object.keys(stack.resources("terraform_data")).map((name) => `terraform_data.${name}`);
    expect(names).toHaveLength(2);
    expect([...(integration(stack)["depends_on"] as string[])].sort()).toEqual(names.sort());
  });
});

describe("binding", () => {
  test("asks the source and the target once each, and tells them of each other", () => {
    let source: FakeSource | undefined;
    let target: FakeTarget | undefined;
    synth((app: App) => {
      const stack = new ZeroEtlStack(app, "orders", PROD);
      source = new FakeSource(stack);
      target = new FakeTarget(stack);
      new ZeroEtlIntegration(stack, "i", { source, target });
    });
    expect(source?.calls).toEqual([{ target: "glue-database", identityColumns: [] }]);
    expect(target?.calls).toEqual([
      {
        source: "dynamodb",
        sourceArn: "arn:aws:dynamodb:us-east-1:111122223333:table/fake",
        sourceKey: "fake source",
        sourceEnvironment: expect.objectContaining({ key: "111122223333/us-east-1" }),
      },
    ]);
  });
});

describe("life cycle", () => {
  test("destroying is prevented by default", () => {
    expect(integration(integrate())["lifecycle"]).toEqual({ prevent_destroy: true });
  });

  test("protect: false opens it", () => {
    expect(integration(integrate({ protect: false }))["lifecycle"]).toBeUndefined();
  });

  test("a changed encryption context replaces the integration, for Cloud Control would plan an update and then refuse it", () => {
    const stack = integrate({
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
      encryptionContext: { team: "data" },
    });
    const [name] = Object.keys(stack.resources("terraform_data")).filter((id) => id.includes("Immutable"));
    expect(stack.resources("terraform_data")[name ?? ""]?.["input"]).toBe(
      '{"encryptionContext":{"team":"data"}}',
    );
    expect(integration(stack)["lifecycle"]).toEqual({
      prevent_destroy: true,
      replace_triggered_by: [`terraform_data.${name}`],
    });
  });
});

describe("the status check", () => {
  test("warns of the states that need somebody, names the state and says where the cause is", () => {
    const [check, ...more] = integrate().checks;
    expect(more).toEqual([]);
    const address = "aws_cloudcontrolapi_resource.Integrations_orders-to-lake_CC333D71";
    const reported = (property: string) => `jsondecode(${address}.properties).${property}`;
    expect(check?.condition).toBe(
      `\${try(!contains(["FAILED","NEEDS_ATTENTION"], ${reported("Status")}), false)}`,
    );
    expect(check?.error_message).toBe(
      `the integration orders-to-lake is in state \${try(${reported("Status")}, "unknown")}. ` +
        "NEEDS_ATTENTION: AWS retries for seven days, so mend the cause and wait; FAILED: only a new integration helps. " +
        `See the cause: aws glue describe-integrations --integration-identifier \${try(split("|", ${address}.id)[0], "(its ARN)")}`,
    );
  });
});

describe("outputs", () => {
  test("are added on request only", () => {
    expect(integrate().json["output"]).toBeUndefined();
  });

  test("carry the label of the integration", () => {
    const stack = synthStack((app) => {
      const made = new ZeroEtlStack(app, "orders", PROD);
      const [source, target] = [new FakeSource(made), new FakeTarget(made)];
      addOutputs(new ZeroEtlIntegration(made.integrations, "orders-to-lake", { source, target }));
    });
    expect(Object.keys(stack.json["output"] ?? {})).toEqual(["orders-to-lake_integration_arn"]);
  });
});

describe("fails", () => {
  test("with every error of the integration at once, each with its path and code", () => {
    expect(
      refused({
        name: "x".repeat(129),
        refreshInterval: 14,
        continuousSync: false,
        dataFilter: "include: *",
      }),
    ).toMatchInlineSnapshot(`
     "orders/Integrations/orders-to-lake: name: error: integration name is longer than 128 characters [integration-name-length]
       got:      129 characters
       expected: 1 to 128 characters
     orders/Integrations/orders-to-lake: refreshInterval: error: refresh interval is shorter than 15 minutes [refresh-interval-range]
       got:      14 minutes
       expected: 15 to 8640 minutes (6 days)
     orders/Integrations/orders-to-lake: continuousSync: error: a source of type dynamodb has no one-off snapshot [continuous-sync]
       got:      false
       expected: true, or no value
       remedy:   remove continuousSync; only sources with a connection take false
     orders/Integrations/orders-to-lake: dataFilter: error: a DynamoDB source takes no data filter [data-filter-dynamodb]
       remedy:   remove it: the integration replicates the whole table"
    `);
  });

  test("where two integrations of one account have one name, in any stack of the app", () => {
    const { message, written } = failedSynth((app) => {
      for (const id of ["a", "b"]) {
        const stack = new ZeroEtlStack(app, id, PROD);
        const [source, target] = [new FakeSource(stack), new FakeTarget(stack)];
        new ZeroEtlIntegration(stack, "i", { source, target, name: "same" });
      }
    });
    expect(message).toContain(
      [
        'b/i: error: two integrations of one account and region have the name "same" [duplicate-integration-name]',
        "  got:      a/i and b/i",
        "  remedy:   give one of them another name",
      ].join("\n"),
    );
    expect(written).toEqual([]);
  });
});
