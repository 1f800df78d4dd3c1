import type { Integration } from "../../../lib/operator/clients";
import type { FakeAccount } from "./fakes";
import { DATABASE, FakeFunction, INTEGRATION, TABLE, awsError } from "./fakes";

const INPUT = { kind: "integration-settings", integrationArn: INTEGRATION, refreshInterval: "30" };

let operator: FakeFunction;
let account: FakeAccount;

beforeEach(() => {
  operator = new FakeFunction();
  account = operator.account;
});

function integration(change: Integration = {}): void {
  account.integrations = [
    {
      IntegrationArn: INTEGRATION,
      SourceArn: TABLE,
      TargetArn: DATABASE,
      Status: "ACTIVE",
      IntegrationConfig: { RefreshInterval: "15" },
      ...change,
    },
  ];
}

/** The state at each further look. */
function states(...names: string[]): void {
  account.fail(
    "glue:describeIntegrations",
    ...names.map((Status) => () => account.setIntegration({ Status })),
  );
}

const modified = (): number => account.calls.filter((call) => call === "glue:modifyIntegration").length;

test("the interval is changed in place, and nothing else", async () => {
  integration();
  await expect(operator.create(INPUT)).resolves.toEqual({
    ok: true,
    changed: true,
    message: "the refresh interval is 30 minutes",
    status: "ACTIVE",
  });
  expect(account.requests).toContainEqual({
    IntegrationIdentifier: INTEGRATION,
    IntegrationConfig: { RefreshInterval: "30" },
  });
  expect(modified()).toBe(1);
});

test.each([["30"], ["030"]])("an interval of %s is left as it is", async (RefreshInterval) => {
  integration({ IntegrationConfig: { RefreshInterval } });
  await expect(operator.update(INPUT, INPUT)).resolves.toMatchObject({
    ok: true,
    changed: false,
    status: "ACTIVE",
  });
  expect(account.calls).toEqual(["glue:describeIntegrations"]);
});

test("an interval that AWS does not tell is set", async () => {
  integration({ IntegrationConfig: undefined });
  await expect(operator.create(INPUT)).resolves.toMatchObject({ changed: true });
});

test.each(["CREATING", "MODIFYING", "SYNCING"])(
  "a change waits for an integration that is %s",
  async (state) => {
    integration({ Status: state });
    states(state, state, state, "ACTIVE");
    await expect(operator.create(INPUT)).resolves.toMatchObject({ ok: true, changed: true });
    expect(operator.clock.sleeps).toEqual([250, 500]);
  },
);

test("it waits until the change shows and is over", async () => {
  integration();
  account.fail("glue:modifyIntegration", () => states("MODIFYING", "MODIFYING", "ACTIVE"));
  await expect(operator.create(INPUT)).resolves.toMatchObject({ ok: true, status: "ACTIVE" });
  expect(operator.clock.sleeps).toEqual([250, 500]);
});

test.each([
  "IntegrationConflictOperationFault",
  "InvalidIntegrationStateFault",
  "InvalidStateException",
  "ConflictException",
])("%s is waited for", async (name) => {
  integration();
  account.fail("glue:modifyIntegration", awsError(name), awsError(name));
  await expect(operator.create(INPUT)).resolves.toMatchObject({ ok: true, changed: true });
  expect(modified()).toBe(3);
});

test("an integration that stays busy is given up on, with its state", async () => {
  integration({ Status: "SYNCING" });
  await expect(operator.create(INPUT)).resolves.toEqual({
    ok: false,
    code: "timeout",
    message: `${INTEGRATION} was not ready for a change: its state is SYNCING`,
    remedy: "change attempt to run it again",
  });
  expect(operator.clock.slept).toBeGreaterThan(530_000);
  expect(operator.clock.slept).toBeLessThanOrEqual(540_000);
});

test("a refusal that does not pass is given up on, with what AWS says", async () => {
  integration();
  operator.environment["ZERO_ETL_INTEGRATION_SECONDS"] = "3";
  account.failAlways("glue:modifyIntegration", awsError("ConflictException", "Another operation."));
  await expect(operator.create(INPUT)).resolves.toMatchObject({
    code: "timeout",
    message: `${INTEGRATION} was not ready for a change: AWS says ConflictException: Another operation.`,
  });
});

test("of an integration that needs attention, what AWS reports is told with a refusal that does not pass", async () => {
  const errors = [{ ErrorCode: "TARGET_NAMESPACE_ACCESS_DENIED", ErrorMessage: "No access." }];
  integration({ Status: "NEEDS_ATTENTION", Errors: errors });
  operator.environment["ZERO_ETL_INTEGRATION_SECONDS"] = "3";
  account.failAlways("glue:modifyIntegration", awsError("InvalidIntegrationStateFault", "Not now."));
  await expect(operator.create(INPUT)).resolves.toEqual({
    ok: false,
    code: "timeout",
    message: `${INTEGRATION} was not ready for a change: AWS says InvalidIntegrationStateFault: Not now.; AWS reports TARGET_NAMESPACE_ACCESS_DENIED: No access`,
    errors: [{ code: "TARGET_NAMESPACE_ACCESS_DENIED", message: "No access." }],
    remedy:
      "allow s3tables:GetNamespace to the target role, on the table bucket and on what is in it (docs/errors.md#target-namespace-access-denied), then change attempt to run it again",
  });
});

test("a change that never shows is given up on, with what shows", async () => {
  integration();
  account.clients.glue.modifyIntegration = async () => undefined;
  await expect(operator.create(INPUT)).resolves.toMatchObject({
    code: "timeout",
    message: `the new interval of ${INTEGRATION} does not show: its state is ACTIVE and its interval 15 minutes`,
  });
});

test("an integration that needs attention gets its interval, and what AWS reports is passed on", async () => {
  integration({ Status: "NEEDS_ATTENTION", Errors: [{ ErrorCode: "E1", ErrorMessage: "m" }, {}] });
  await expect(operator.create(INPUT)).resolves.toEqual({
    ok: true,
    changed: true,
    message: "the refresh interval is 30 minutes",
    status: "NEEDS_ATTENTION",
    errors: [
      { code: "E1", message: "m" },
      { code: "Unknown", message: "" },
    ],
  });
});

describe("an integration that has failed", () => {
  test("is reported with its errors and what helps", async () => {
    integration({
      Status: "FAILED",
      Errors: [{ ErrorCode: "TARGET_NAMESPACE_ACCESS_DENIED", ErrorMessage: "No access." }],
      IntegrationConfig: { RefreshInterval: "30" },
    });
    await expect(operator.create(INPUT)).resolves.toEqual({
      ok: false,
      code: "integration-failed",
      message: `${INTEGRATION} has failed, and AWS runs it no more; AWS reports TARGET_NAMESPACE_ACCESS_DENIED: No access`,
      errors: [{ code: "TARGET_NAMESPACE_ACCESS_DENIED", message: "No access." }],
      remedy:
        "allow s3tables:GetNamespace to the target role, on the table bucket and on what is in it (docs/errors.md#target-namespace-access-denied), then replace the integration: it does not recover",
    });
  });

  test("is reported where no remedy is known", async () => {
    integration({ Status: "FAILED" });
    await expect(operator.create(INPUT)).resolves.toEqual({
      ok: false,
      code: "integration-failed",
      message: `${INTEGRATION} has failed, and AWS runs it no more`,
      remedy: "remove the cause, then replace the integration: it does not recover",
    });
  });

  test("is reported when it fails meanwhile", async () => {
    integration({ Status: "CREATING" });
    states("CREATING", "CREATING", "FAILED");
    await expect(operator.create(INPUT)).resolves.toMatchObject({ code: "integration-failed" });
    expect(modified()).toBe(0);
  });
});

test.each([
  "arn:aws:redshift:us-east-1:111122223333:namespace:1",
  "arn:aws:redshift-serverless:us-east-1:111122223333:namespace/1",
])("the interval of %s is fixed", async (TargetArn) => {
  integration({ TargetArn });
  await expect(operator.create(INPUT)).resolves.toEqual({
    ok: false,
    code: "interval-fixed",
    message: `${INTEGRATION} writes into Redshift, where AWS sets the refresh interval when the integration is created, and never changes it`,
    remedy:
      "remove refreshInterval, and run in the warehouse: ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL 1800",
  });
  expect(modified()).toBe(0);
});

test("an integration that is being deleted is an error", async () => {
  integration({ Status: "DELETING" });
  await expect(operator.create(INPUT)).resolves.toEqual({
    ok: false,
    code: "integration-deleting",
    message: `${INTEGRATION} is being deleted`,
    remedy: "apply again when it is gone",
  });
});

test("an integration that does not exist is an error, and its deletion is none", async () => {
  await expect(operator.create(INPUT)).resolves.toEqual({
    ok: false,
    code: "integration-not-found",
    message: `there is no integration ${INTEGRATION}`,
    remedy: "apply again: Terraform makes the integration anew where it is gone",
  });
  account.calls.length = 0;
  await expect(operator.delete(INPUT)).resolves.toEqual({
    ok: true,
    changed: false,
    message: "there is nothing to remove",
  });
  expect(account.calls).toEqual([]);
});

test("another error of AWS is reported", async () => {
  integration();
  account.fail("glue:modifyIntegration", awsError("ValidationException", "Refresh interval is not valid."));
  await expect(operator.create(INPUT)).resolves.toEqual({
    ok: false,
    code: "aws-error",
    message: `changing the refresh interval of ${INTEGRATION} failed: ValidationException: Refresh interval is not valid`,
    awsCode: "ValidationException",
  });
});

describe("reading", () => {
  test.each<[string, Integration | undefined, string[]]>([
    ["the interval", { IntegrationConfig: { RefreshInterval: "30" } }, []],
    ["another interval", {}, [`the refresh interval of ${INTEGRATION} is 15 minutes, not 30 minutes`]],
    [
      "no interval",
      { IntegrationConfig: undefined },
      [`the refresh interval of ${INTEGRATION} is not told, not 30 minutes`],
    ],
    ["no integration", undefined, [`there is no integration ${INTEGRATION}`]],
  ])("with %s", async (_, live, drift) => {
    if (live !== undefined) integration(live);
    await expect(operator.read(INPUT)).resolves.toEqual({ ok: true, drift });
    expect(modified()).toBe(0);
  });
});
