import type { ZeroEtlIntegrationProps, ZeroEtlStackProps } from "../../modules";
import {
  ConnectionSource,
  GlueDatabaseTarget,
  RedshiftTarget,
  ZeroEtlIntegration,
  ZeroEtlStack,
} from "../../modules";
import { operatorCall, operatorCalls } from "../support/operator-calls";
import { LAKE } from "../support/orders-to-lake";
import type { StackJson } from "../support/synth";
import { OWNING, PROD, synthStack } from "../support/synth";
import { decoded } from "../support/terraform-json";

type Settings = Partial<ZeroEtlIntegrationProps>;

/** A Zendesk connection into a database or into a warehouse, both through the API of Glue. */
const integrate = (into: "lake" | "warehouse", settings: Settings, place: ZeroEtlStackProps = PROD) =>
  synthStack((app) => {
    const scope = new ZeroEtlStack(app, "crm", place);
    const source = new ConnectionSource(scope.sources, "crm", { kind: "zendesk", connection: "crm" });
    const target =
      into === "lake"
        ? new GlueDatabaseTarget(scope.targets, "lake", LAKE)
        : new RedshiftTarget(scope.targets, "warehouse", { workgroup: "analytics" });
    new ZeroEtlIntegration(scope.integrations, "crm-to-target", { source, target, ...settings });
  });

const NAME = "Integrations_crm-to-target_";
const integrationIn = (stack: StackJson) =>
  Object.entries(stack.resources("aws_cloudcontrolapi_resource")).find(([name]) => name.startsWith(NAME)) ?? [
    "",
    {},
  ];
const configOf = (stack: StackJson) =>
  (decoded(integrationIn(stack)[1]["desired_state"]) as Record<string, unknown>)["IntegrationConfig"];
const settingsOf = (stack: StackJson) => operatorCalls(stack, "integration-settings");

describe("the interval of an integration into a Glue target", () => {
  test.each([
    ["6h", "360"],
    ["2d", "2880"],
    [15, "15"],
    [8640, "8640"],
  ])("is set by the operator and not by Cloud Control: %p is %s minutes", (refreshInterval, minutes) => {
    const stack = integrate("lake", { refreshInterval });
    expect(operatorCall(stack, "integration-settings").input["refreshInterval"]).toBe(minutes);
    expect(configOf(stack)).toBeUndefined();
  });

  test("is set once the integration is there, which is found by its ARN", () => {
    const stack = integrate("lake", { refreshInterval: 60 });
    const [name] = integrationIn(stack);
    const { address, block, input } = operatorCall(stack, "integration-settings");
    expect(address).toBe("Integrations_crm-to-target_Settings");
    expect(input).toEqual({
      version: 1,
      kind: "integration-settings",
      attempt: "${var.zero_etl_attempt}",
      integrationArn: `\${split("|", aws_cloudcontrolapi_resource.${name}.id)[0]}`,
      refreshInterval: "60",
    });
    expect((block["depends_on"] as string[]).slice(2)).toEqual([`aws_cloudcontrolapi_resource.${name}`]);
  });

  test("leaves the other settings where they are", () => {
    const stack = integrate("lake", { refreshInterval: 60, continuousSync: false });
    expect(configOf(stack)).toEqual({ ContinuousSync: false });
  });

  test("is left to AWS where none is given", () => {
    const stack = integrate("lake", {});
    expect(settingsOf(stack)).toEqual([]);
    expect(configOf(stack)).toBeUndefined();
  });

  test("is set at creation where there is no operator", () => {
    const stack = integrate("lake", { refreshInterval: 60 }, OWNING);
    expect(stack.resources("aws_lambda_invocation")).toEqual({});
    expect(configOf(stack)).toEqual({ RefreshInterval: "60" });
  });
});

describe("the interval of an integration into Redshift", () => {
  test("is set at creation, for AWS does not change it", () => {
    const stack = integrate("warehouse", { refreshInterval: 60 });
    expect(settingsOf(stack)).toEqual([]);
    expect(configOf(stack)).toEqual({ RefreshInterval: "60" });
  });
});
