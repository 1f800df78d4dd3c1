import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { EXIT_STATUSES } from "../../../lib/status/exit-status";
import { statusSchema } from "../../../lib/status/published-schema";
import type { StatusStage } from "../../support/status-stage";
import { ACCOUNT, restart, statusStage } from "../../support/status-stage";

const ROOT = join(__dirname, "../../..");
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

// What is printed has no member that the schema does not tell of, although readers may not rely on that.
const closed = JSON.parse(
  JSON.stringify(statusSchema(), (_key, value: unknown) =>
    value !== null && typeof value === "object" && "properties" in value
      ? { ...value, additionalProperties: false }
      : value,
  ),
) as object;
const validate = new Ajv({ strict: true, allErrors: true, formats: { "date-time": MOMENT } }).compile(closed);

// A server and real clients: a busy machine takes its time.
jest.setTimeout(60_000);

let stage: StatusStage;
beforeAll(async () => {
  stage = await statusStage();
});
beforeEach(() => restart(stage));
afterAll(() => stage.stop());

test("the published file is what the report is: run schema/generate.ts after a change", () => {
  const published = readFileSync(join(ROOT, "schema/zero-etl-status.schema.json"), "utf8");
  expect(JSON.parse(published)).toEqual(statusSchema());
});

test("what is printed of anything validates against it", async () => {
  const arns = (["ACTIVE", "CREATING", "NEEDS_ATTENTION", "FAILED", "DELETING"] as const).map((state) =>
    stage.integration(state.toLowerCase(), state, {
      fixed: { status: state, errors: [{ ErrorCode: "UNRECOVERABLE_ACCESS_DENIED", ErrorMessage: "No." }] },
    }),
  );
  stage.synced(arns[2] ?? "", "Account", 300, 200);
  stage.synced(arns[0] ?? "", "orders", 12);
  const gone = `arn:aws:glue:us-east-1:${ACCOUNT}:integration:gone`;
  const unread = "arn:aws:glue:us-east-1:999999999999:integration:unread";
  const { out } = await stage.run({ arn: [...arns, gone, unread], json: true });
  const report = JSON.parse(out) as { readonly integrations: readonly object[] };
  validate(report);
  expect(validate.errors).toBeNull();
  expect(report.integrations).toHaveLength(7);
  // Every member that there is occurs here, but for those that only a declaration has.
  const members = new Set(report.integrations.flatMap((one) => Object.keys(one)));
  expect([...members].sort()).toEqual(
    "account api arn created deadline errors lagSeconds lastSync late name next outcome refreshInterval region since source state tables target unknown".split(
      " ",
    ),
  );
});

test("what is printed of a declaration, and of nothing", async () => {
  stage.declare(readFileSync(join(ROOT, "zero-etl.yaml"), "utf8"));
  for (const request of [{ json: true }, { json: true, state: ["-"] }]) {
    const stdin = () => new TextEncoder().encode('{"format_version":"1.0"}');
    validate(JSON.parse((await stage.run(request, { stdin })).out));
    expect(validate.errors).toBeNull();
  }
});

test("a report of another shape does not", () => {
  expect(validate({ version: 2, at: "today", outcome: "fine", exitStatus: 4, integrations: [{}] })).toBe(
    false,
  );
  expect(validate.errors?.length).toBeGreaterThan(10);
});

test("every exit status is in it", () => {
  expect(closed).toMatchObject({
    properties: { exitStatus: { enum: Object.keys(EXIT_STATUSES).map(Number) } },
  });
});
