// The examples of sources: each has every pair that its source can be in, and lives a whole life.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlanJson } from "../standin/plan-json";
import { parsed } from "./declaration-text";
import { Example } from "./example";
import type { ExpectedIntegration } from "./expected/integrations";
import { type Pair, pairsOf } from "./expected/pairs";
import { REPOSITORY } from "./project";
import { ACCOUNT, MINUTES, Stage } from "./stage";

/** The examples in groups of about one length, one test file each. */
export const FAMILIES = {
  ads: ["facebook-ads", "instagram-ads"],
  databases: ["dynamodb", "oracle"],
  operations: ["sap-odata", "servicenow", "zendesk"],
  customers: ["salesforce", "salesforce-account-engagement", "zoho-crm"],
} as const;

/** The pairs of an example, as its file declares them. */
export function pairsIn(example: string): Pair[] {
  return pairsOf(parsed(readFileSync(join(REPOSITORY, fileOf(example)), "utf8")), ACCOUNT);
}

export function describeFamily(family: keyof typeof FAMILIES): void {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  }, MINUTES);

  afterAll(() => stage.close());

  describe.each(FAMILIES[family])("%s", (name) => {
    const example = new Example(() => stage, fileOf(name));

    test.each(pairsIn(name).map((pair) => [pair.target.type, pair] as const))(
      "into %s is planned",
      async (_, { stack, label }) => {
        const { plan } = await example.plan(stack);
        const { expected } = await example.open();
        const integrations = expected.flatMap((one) => one.integrations);
        const wanted = integrations.find((one) => one.label === label);
        expect(createdIntegrations(plan).filter((one) => one.name === wanted?.name)).toEqual([
          wanted && inPlan(wanted),
        ]);
      },
      MINUTES,
    );

    test("lives and dies", () => example.liveAndDie(), 5 * MINUTES);
  });
}

interface PlannedIntegration {
  readonly resource: string;
  readonly name: unknown;
  readonly source: unknown;
  readonly target: unknown;
}

function inPlan({ api, settings }: ExpectedIntegration): PlannedIntegration {
  return {
    resource: api === "redshift" ? "aws_redshift_integration" : "AWS::Glue::Integration",
    name: settings["IntegrationName"],
    source: settings["SourceArn"],
    target: settings["TargetArn"],
  };
}

/** Integrations that a plan makes, whatever resource serves them. */
function createdIntegrations({ resource_changes = [] }: PlanJson): PlannedIntegration[] {
  return resource_changes.flatMap(({ type, change }) => {
    const { actions, after } = change;
    if (after === null || actions.join() !== "create") return [];
    if (type === "aws_redshift_integration") {
      const { integration_name: name, source_arn: source, target_arn: target } = after;
      return [{ resource: type, name, source, target }];
    }
    if (after["type_name"] !== "AWS::Glue::Integration") return [];
    const { IntegrationName, SourceArn, TargetArn } = JSON.parse(String(after["desired_state"])) as Record<
      string,
      unknown
    >;
    return [
      { resource: "AWS::Glue::Integration", name: IntegrationName, source: SourceArn, target: TargetArn },
    ];
  });
}

function fileOf(example: string): string {
  return `examples/sources/${example}.yaml`;
}
