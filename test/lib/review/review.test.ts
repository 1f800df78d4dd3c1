import fc from "fast-check";
import type { Json } from "../../../lib/json";
import type { Level, Observation } from "../../../lib/review/finding";
import { readPlan } from "../../../lib/review/plan/read";
import type { PlanView } from "../../../lib/review/plan-view";
import type { Acknowledgement } from "../../../lib/review/report";
import { review } from "../../../lib/review/review";
import type { ReviewRule } from "../../../lib/review/rule";
import { REVIEW_RULES } from "../../../lib/review/rules";
import { viewOf } from "../../../lib/review/view";
import type { Attributes } from "./plan-kit";
import {
  DATABASE,
  TABLE,
  change,
  cloudControl,
  configuration,
  configured,
  integration,
  plan,
  stackView,
  view,
} from "./plan-kit";

const TODAY = "2026-11-23";
const ADDRESS = "aws_cloudcontrolapi_resource.i";

const rule = (id: string, levels: readonly [Level, ...Level[]], check: ReviewRule["check"]): ReviewRule => ({
  id,
  levels,
  title: id,
  page: `review.md#${id}`,
  check,
});
const says = (address: string, further: Partial<Observation> = {}): Observation => ({
  address,
  reason: "reason",
  consequence: "consequence",
  remedy: "remedy",
  ...further,
});
const reviewed = (views: PlanView[], rules: ReviewRule[] = [], accepted: Acknowledgement[] = []) =>
  review(views, accepted, { today: TODAY, rules });

describe("the findings", () => {
  const rules = [
    rule("later", ["warn", "info"], () => [says("a.b"), says("a.a", { level: "info" })]),
    rule("early", ["block"], (_, all) => (all.length > 1 ? [says("a.b", { attribute: "x" })] : [])),
  ];

  test("say which rule speaks of which stack, the gravest first", () => {
    const { findings, verdict } = reviewed([stackView("two", []), stackView("one", [])], rules);
    expect(findings.map(({ level, stack, address, rule: id }) => [level, stack, address, id])).toEqual([
      ["block", "one", "a.b", "early"],
      ["block", "two", "a.b", "early"],
      ["warn", "one", "a.b", "later"],
      ["warn", "two", "a.b", "later"],
      ["info", "one", "a.a", "later"],
      ["info", "two", "a.a", "later"],
    ]);
    expect(findings[0]).toEqual({
      ...says("a.b", { attribute: "x" }),
      level: "block",
      rule: "early",
      stack: "one",
      page: "review.md#early",
    });
    expect(verdict).toBe("block");
  });

  test("say where a resource comes from, where that is known", () => {
    const location = { constructPath: "Integrations/a/Resource", file: "zero-etl.yaml", line: 3 };
    const located = view(
      [change("a.b", { after: {} })],
      {},
      {
        locate: (address) => (address === "a.b" ? location : undefined),
      },
    );
    const report = reviewed([located], rules);
    expect(report.findings.map((finding) => finding.location)).toEqual([location, undefined]);
    expect(report.changes[0]?.location).toEqual(location);
  });

  test.each<[string, Acknowledgement[], string]>([
    ["nobody accepts them", [], "warn"],
    ["all are accepted", [{ rule: "later", address: "a.*", reason: "known", expires: TODAY }], "clean"],
    ["the gravest is accepted", [{ rule: "later", address: "a.b", reason: "known", expires: TODAY }], "info"],
    ["the day is over", [{ rule: "later", address: "a.b", reason: "known", expires: "2026-11-22" }], "warn"],
  ])("decide the verdict where %s", (_, accepted, verdict) => {
    expect(reviewed([view([])], rules, accepted).verdict).toBe(verdict);
  });

  test("are none where there is nothing to say", () => {
    expect(reviewed([view([])])).toMatchObject({
      version: 1,
      verdict: "clean",
      findings: [],
      acknowledgements: [],
      integrations: [],
      changes: [],
      unrelated: [],
      checks: [],
      topology: { nodes: [], flows: [] },
    });
  });
});

describe("the changes of an integration", () => {
  const property = cloudControl("AWS::Glue::IntegrationResourceProperty", {
    ResourceArn: DATABASE,
    TargetProcessingProperties: { RoleArn: "arn:aws:iam::111122223333:role/path/writer" },
  });
  const call = (kind: string, further: Attributes) => ({
    function_name: "zero-etl-operator-a",
    input: JSON.stringify({ version: 1, kind, ...further }),
  });
  const both = (attributes: Attributes) => ({ actions: ["update"], before: attributes, after: attributes });

  test("are found by what they name, in every stack", () => {
    const lake = stackView("lake", [
      change("aws_glue_catalog_database.d", { after: { name: "lake" }, unknown: { arn: true } }),
      change("aws_glue_catalog_database.other", { after: { name: "other" }, unknown: { arn: true } }),
      change("aws_cloudcontrolapi_resource.p", { after: property }),
      change("aws_iam_role.writer", { after: { name: "writer" } }),
      change("aws_iam_role_policy.writer", { after: { name: "write", role: "writer", policy: "{}" } }),
      change("aws_iam_role.reader", { after: { name: "reader" } }),
    ]);
    const orders = stackView("orders", [
      change(ADDRESS, { after: integration({ KmsKeyId: "arn:key" }) }),
      change("aws_dynamodb_table.t", both({ name: "orders", arn: TABLE })),
      change("aws_dynamodb_table.namesake", both({ name: "orders", arn: TABLE.replace("1111", "9999") })),
      change("aws_dynamodb_resource_policy.p", { before: { resource_arn: TABLE, policy: "{}" } }),
      change("aws_kms_key.k", both({ arn: "arn:key" })),
      change("aws_glue_resource_policy.p", { after: { policy: '{"Statement":[]}' } }),
      change("aws_lambda_invocation.orders", {
        after: call("table-properties", { resourceArn: DATABASE, tableName: "orders" }),
      }),
      change("aws_lambda_invocation.customers", {
        after: call("table-properties", { resourceArn: DATABASE, tableName: "customers" }),
      }),
      change("aws_sns_topic.t", { after: {} }),
    ]);
    const report = reviewed([orders, lake]);
    expect(report.integrations).toEqual([
      {
        stack: "orders",
        address: ADDRESS,
        label: "orders-to-lake",
        holder: "cloud-control",
        action: "create",
        source: TABLE,
        target: DATABASE,
        changes: [
          `orders/${ADDRESS}`,
          "lake/aws_cloudcontrolapi_resource.p",
          "lake/aws_glue_catalog_database.d",
          "lake/aws_iam_role.writer",
          "lake/aws_iam_role_policy.writer",
          "orders/aws_dynamodb_resource_policy.p",
          "orders/aws_dynamodb_table.t",
          "orders/aws_glue_resource_policy.p",
          "orders/aws_kms_key.k",
          "orders/aws_lambda_invocation.orders",
        ],
      },
    ]);
    expect(report.unrelated).toEqual([
      "lake/aws_glue_catalog_database.other",
      "lake/aws_iam_role.reader",
      "orders/aws_dynamodb_table.namesake",
      "orders/aws_lambda_invocation.customers",
      "orders/aws_sns_topic.t",
    ]);
  });

  test.each<[string, Attributes, number]>([
    ["names its source", { StringEquals: { "aws:SourceArn": TABLE } }, 1],
    ["names another source", { StringEquals: { "aws:SourceArn": TABLE.replace("orders", "other") } }, 0],
    ["names sources by a pattern", { StringLike: { "aws:SourceArn": "arn:aws:dynamodb:*" } }, 1],
    ["names no source", {}, 1],
  ])("are one of the catalog policy whose statement %s", (_, Condition, count) => {
    const statement = {
      Effect: "Allow",
      Principal: { Service: "glue.amazonaws.com" },
      Action: "glue:AuthorizeInboundIntegration",
      Resource: DATABASE.replace("lake", "another"),
      Condition,
    };
    const attributes = integration();
    const report = reviewed([
      view([
        change(ADDRESS, { actions: ["no-op"], before: attributes, after: attributes }),
        change("aws_glue_resource_policy.p", {
          before: { policy: '{"Statement":[]}' },
          after: { policy: JSON.stringify({ Statement: [statement] }) },
        }),
      ]),
    ]);
    expect(report.integrations[0]?.changes).toHaveLength(count);
    expect(report.unrelated).toHaveLength(1 - count);
  });

  test("are all table properties of its target where the source has many tables", () => {
    const connection = "arn:aws:glue:us-east-1:111122223333:connection/crm";
    const report = reviewed([
      view([
        change(ADDRESS, both(integration({ SourceArn: connection }))),
        change("aws_lambda_invocation.account", {
          after: call("table-properties", { resourceArn: DATABASE, tableName: "account" }),
        }),
      ]),
    ]);
    expect(report.integrations[0]?.changes).toHaveLength(2);
  });

  test("are what it waits for and what waits for it, but no other integration and nothing of the operator", () => {
    const report = reviewed([
      view(
        [
          change(ADDRESS, { actions: ["no-op"], before: integration(), after: integration() }),
          change("aws_cloudcontrolapi_resource.second", {
            after: integration({ IntegrationName: "b", SourceArn: "arn:b", TargetArn: "arn:c" }),
          }),
          change("aws_a.direct[0]", { after: {} }),
          change("aws_a.indirect", { after: {} }),
          change("aws_a.alarm", { after: {} }),
          change("aws_lambda_invocation.call", { after: call("propagation", {}) }),
          change("aws_lambda_function.operator", { after: {} }),
        ],
        configuration([
          configured(ADDRESS, {}, [
            "aws_a.direct",
            "aws_cloudcontrolapi_resource.second",
            "aws_lambda_invocation.call",
          ]),
          configured("aws_a.direct", { x: { references: ["aws_a.indirect.arn", "aws_a.indirect"] } }),
          configured("aws_a.indirect", { x: { references: ["aws_a.direct.arn"] } }),
          configured("aws_a.alarm", { x: { references: [`${ADDRESS}.id`] } }),
          configured("aws_lambda_invocation.call", {}, ["aws_lambda_function.operator"]),
        ]),
      ),
    ]);
    const [second, first] = [...report.integrations].sort((one, other) => (one.label < other.label ? -1 : 1));
    expect(first?.changes).toEqual([
      "orders/aws_a.alarm",
      "orders/aws_a.direct[0]",
      "orders/aws_a.indirect",
      "orders/aws_lambda_invocation.call",
    ]);
    expect(second?.changes).toEqual(["orders/aws_cloudcontrolapi_resource.second"]);
    expect(report.unrelated).toEqual(["orders/aws_lambda_function.operator"]);
  });
});

describe("the topology", () => {
  test("shows each source and target once, with what becomes of it in any stack", () => {
    const bucket = "arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/lake-tables";
    const { topology } = reviewed([
      stackView("one", [
        change(ADDRESS, { actions: ["delete", "create"], before: integration(), after: integration() }),
        change("aws_cloudcontrolapi_resource.j", {
          after: integration({ IntegrationName: "b", TargetArn: bucket }),
        }),
        change("aws_redshift_integration.k", {
          before: {
            integration_name: "c",
            source_arn: TABLE,
            target_arn: "arn:aws:redshift-serverless:us-east-1:111122223333:namespace/n1",
          },
        }),
      ]),
      stackView("two", [
        change("aws_dynamodb_table.t", { before: { name: "orders", arn: TABLE } }),
        change("aws_s3tables_table_bucket.b", { after: { name: "lake-tables" }, unknown: { arn: true } }),
      ]),
    ]);
    expect(topology.nodes.map(({ kind, label, noun, change: what }) => [kind, label, noun, what])).toEqual([
      ["source", "orders", "DynamoDB table", "delete"],
      ["target", "lake-tables", "S3 table bucket", "create"],
      ["target", "lake", "Glue database", "none"],
      ["target", "n1", "Redshift namespace", "none"],
    ]);
    expect(topology.flows.map(({ label, change: what }) => [label, what])).toEqual([
      ["b", "create"],
      ["orders-to-lake", "replace"],
      ["c", "delete"],
    ]);
  });

  test("names what is hidden by its place", () => {
    const { topology } = reviewed([
      view([
        change(ADDRESS, { after: { type_name: "AWS::Glue::Integration" }, unknown: { desired_state: true } }),
      ]),
    ]);
    expect(topology.nodes).toEqual([
      {
        id: `orders/${ADDRESS}/source`,
        kind: "source",
        label: "(known after apply)",
        noun: "source",
        change: "none",
      },
      {
        id: `orders/${ADDRESS}/target`,
        kind: "target",
        label: "(known after apply)",
        noun: "target",
        change: "none",
      },
    ]);
  });
});

test("the report is the same whatever the order of plans and changes", () => {
  const changes = [
    change(ADDRESS, { after: integration() }),
    change("aws_dynamodb_table.t", { before: { name: "orders", arn: TABLE } }),
    change("aws_glue_catalog_database.d", { after: { name: "lake" } }),
  ];
  const report = (shuffled: Attributes[], stacks: string[]) =>
    review(
      stacks.map((stack) => stackView(stack, shuffled)),
      [],
      { today: TODAY },
    );
  fc.assert(
    fc.property(
      fc.shuffledSubarray(changes, { minLength: 3 }),
      fc.shuffledSubarray(["a", "b"], { minLength: 2 }),
      (shuffled, stacks) => {
        expect(report(shuffled, stacks)).toEqual(report(changes, ["a", "b"]));
      },
    ),
    { numRuns: 20 },
  );
});

describe("any plan", () => {
  const SAMPLE = plan(
    [
      change(ADDRESS, {
        before: integration(),
        after: integration({ Description: "d" }),
        unknown: { id: true },
      }),
      change("aws_lambda_invocation.c", {
        after: {
          function_name: "zero-etl-operator-a",
          input: JSON.stringify({ version: 1, kind: "catalog-policy", statements: [{ Effect: "Allow" }] }),
        },
      }),
      change("aws_iam_role.r", {
        before: { name: "r", assume_role_policy: '{"Statement":[{"Effect":"Allow","Action":"*"}]}' },
        after: {
          name: "r",
          assume_role_policy: '{"Statement":{}}',
          inline_policy: [{ name: "a", policy: "{}" }],
        },
      }),
      change("aws_dynamodb_table.t", {
        actions: ["delete", "create"],
        before: { name: "orders", point_in_time_recovery: [{ enabled: true }] },
        after: { name: "orders", point_in_time_recovery: [{ enabled: false }] },
        replacePaths: [["name"]],
      }),
    ],
    {
      ...configuration([configured(ADDRESS, { a: { references: ["aws_iam_role.r.arn"] } })]),
      checks: [{ address: { kind: "check", to_display: "check.a" }, status: "fail", instances: [] }],
      resource_drift: [change("aws_iam_role.r", { before: {}, after: {} })],
    },
  ) as Json;

  /** Every place in a value. */
  const places = (value: Json, path: (string | number)[] = []): (string | number)[][] =>
    value !== null && typeof value === "object"
      ? [path, ...Object.entries(value).flatMap(([key, member]) => places(member as Json, [...path, key]))]
      : [path];
  const replaced = (value: Json, [key, ...rest]: readonly (string | number)[], by: Json): Json => {
    if (key === undefined) return by;
    const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, Json>;
    copy[key] = replaced(copy[key] ?? null, rest, by);
    return copy as Json;
  };
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<Json>(true, null, "", "{}", "[]", '{"Statement":[null]}', [], {}, [null], { a: null }),
  ) as fc.Arbitrary<Json>;

  test("with anything in the place of any part is refused or reviewed", () => {
    const everywhere = places(SAMPLE);
    let reviews = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...everywhere), anything), { minLength: 1, maxLength: 3 }),
        (faults) => {
          let faulty = SAMPLE;
          for (const [path, by] of faults) {
            if (places(faulty).some((place) => String(place) === String(path)))
              faulty = replaced(faulty, path, by);
          }
          const read = readPlan(Buffer.from(JSON.stringify(faulty)));
          if (read.issue) return;
          const decoded = viewOf("s", read.value);
          if (decoded.issue) return;
          reviews += 1;
          const report = review([decoded.value], [], { today: TODAY });
          expect(JSON.parse(JSON.stringify(report))).toEqual(report);
        },
      ),
      { numRuns: 400 },
    );
    expect(reviews).toBeGreaterThan(50);
  });

  test("without faults is reviewed by every rule", () => {
    const read = readPlan(Buffer.from(JSON.stringify(SAMPLE)));
    const decoded = viewOf("s", read.value!);
    expect(REVIEW_RULES.length).toBeGreaterThan(0);
    expect(review([decoded.value!], [], { today: TODAY }).changes).toHaveLength(4);
  });
});
