// What goes wrong while the operator works: each failure is told by the apply and by every later plan, nothing of anybody else is
// touched, and once the cause is mended another call puts everything right.
import type { FaultedCall } from "../emulator/faults";
import { AwsError, type JsonObject } from "../emulator/wire";
import { statesOf } from "./account-contents";
import {
  ANALYSTS,
  PLACE,
  READERS,
  SALES_LAKE,
  Scene,
  TABLE,
  TEAMS,
  attempt,
  brokeOff,
  catalogPolicy,
  denial,
  died,
  errorsOf,
  expectAtRest,
  failed,
  foreignIn,
  functionOf,
  planned,
  statementsOf,
  tablePolicy,
} from "./operator-faults";
import { MISUSES, RACED } from "./operator-misuses";
import { MINUTES, Stage } from "./stage";
import { result } from "./terraform";

/** An error that no client tries again. */
const OUTAGE = new AwsError("InternalServiceException", "An internal error occurred.");

const ACTIVE = {
  "customers-to-finance": "ACTIVE",
  "orders-to-finance": "ACTIVE",
  "orders-to-sales": "ACTIVE",
};

let stage: Stage;
let scene: Scene;

beforeAll(async () => {
  stage = await Stage.open();
  scene = await Scene.open(stage);
}, 2 * MINUTES);

beforeEach(() => {
  stage.emulator.faults.clear();
  stage.emulator.log.length = 0;
  stage.emulator.functions.log.length = 0;
  stage.emulator.functions.secondMillis = 1000;
});

afterAll(() => stage.close());

const callsOf = (operation: string, error: RegExp): string[] =>
  stage.emulator.log
    .filter((call) => `${call.service}.${call.operation}` === operation && error.test(call.error ?? ""))
    .map(({ principal = "" }) => principal.split("/").at(-1) ?? "");

test(
  "calls of a first apply that fail are told by it and by the next plan",
  async () => {
    const { faults, functions, state } = stage.emulator;
    const ofOrders = ({ input }: FaultedCall): boolean => input["ResourceArn"] === TABLE;
    faults.deny("glue.PutResourcePolicy", Infinity);
    faults.slow("dynamodb.GetResourcePolicy", 9000, { times: 2, where: ofOrders });
    faults.breakOff("CreateIntegrationTableProperties", {}, OUTAGE);
    faults.meanwhile("dynamodb.PutResourcePolicy", () => functions.crash(/"tableArn":"[^"]*customers"/));
    // Twelve seconds for a call, of which the last five are left for its answer.
    functions.secondMillis = 20;
    const [ofSales, ofFinance] = await scene.apply({ sales: [], finance: [] });

    const outOfTime = failed(
      "tablePolicy",
      `the function ran out of time while reading the policy of ${TABLE}. change attempt to run it again`,
    );
    const failures = [
      failed(
        "catalogPolicy",
        `writing the Glue catalog policy failed: ${denial("sales", "glue:PutResourcePolicy")}`,
      ),
      outOfTime,
      failed(
        "tableProperties",
        `writing the properties of orders in ${SALES_LAKE} failed: InternalServiceException: An internal error occurred`,
      ),
    ];
    expect(errorsOf(ofSales)).toEqual(failures);
    expect(errorsOf(ofFinance)).toEqual([
      failed(
        "catalogPolicy",
        `writing the Glue catalog policy failed: ${denial("finance", "glue:PutResourcePolicy")}`,
      ),
      outOfTime,
      died("finance"),
    ]);
    // Each tried again for the three seconds that a permission may take here: after half a second and one more, not for ever.
    const tries = callsOf("glue.PutResourcePolicy", /AccessDenied/).length;
    expect([tries > 2, tries <= 6]).toEqual([true, true]);
    // Half-made: AWS has taken what the apply could not be told of.
    expect([...state.tableProperties.values()]).toMatchObject([{ target: { UnnestSpec: "TOPLEVEL" } }]);
    expect(await scene.policies()).toEqual({ catalog: catalogPolicy(), table: tablePolicy() });
    expect(await stage.account.integrations()).toEqual([]);

    expect(errorsOf(await scene.sales.plan())).toEqual(failures);
  },
  3 * MINUTES,
);

test(
  "another attempt of two stacks at once heals it, whatever passes by itself",
  async () => {
    const { faults } = stage.emulator;
    // Both stacks have read when the first of them writes, and somebody else comes between the second and its next try.
    faults.gather("glue.PutResourcePolicy", 2);
    faults.gather("dynamodb.PutResourcePolicy", 2);
    stage.emulator.raceForCatalogPolicy(() => RACED);
    stage.emulator.raceForTablePolicy(() => RACED);
    faults.deny("glue.ModifyIntegration", 2);
    faults.throttle("glue.GetIntegrationTableProperties", 2);
    const applied = await scene.apply({ sales: [attempt(2)], finance: [attempt(2)] });
    expect(applied.map(result)).toEqual([
      { code: 0, said: [] },
      { code: 0, said: [] },
    ]);

    expect(callsOf("glue.PutResourcePolicy", /ConditionCheckFailure/)).toHaveLength(2);
    expect(callsOf("dynamodb.PutResourcePolicy", /PolicyNotFound/)).toHaveLength(2);
    expect(callsOf("glue.ModifyIntegration", /AccessDenied/)).toHaveLength(2);
    expect(callsOf("glue.GetIntegrationTableProperties", /Throttling/)).toHaveLength(2);
    const { catalog, table } = await scene.policies();
    expect(foreignIn(catalog)).toEqual([ANALYSTS, JSON.stringify(RACED)]);
    expect(foreignIn(table)).toEqual([READERS, JSON.stringify(RACED)]);
    for (const text of [catalog, table]) {
      expect([statementsOf("sales", text).length, statementsOf("finance", text).length]).toEqual([1, 1]);
    }
    expect(await statesOf(stage.account)).toEqual(ACTIVE);
    expect(stage.emulator.loads("orders-to-sales")).toMatchObject([{ unnest: "TOPLEVEL" }]);
    await expectAtRest(scene.sales, attempt(2));
  },
  3 * MINUTES,
);

describe("whoever may only invoke the function cannot use it", () => {
  test.each(MISUSES)("%s", async (_name, event, answer) => {
    const before = await scene.policies();
    const [own = {}] = statementsOf("sales", before.catalog);
    expect(await scene.invoke("sales", { version: 1, ...event(own) })).toMatchObject(answer);
    expect(await scene.policies()).toEqual(before);
  });
});

describe("changes that fail", () => {
  const NO_NAMESPACE = { ErrorCode: "TARGET_NAMESPACE_ACCESS_DENIED", ErrorMessage: "No access." };
  const NO_ROLE = { ErrorCode: "UNRECOVERABLE_ACCESS_DENIED", ErrorMessage: "The role cannot be assumed." };
  const catalogOfOthers = catalogPolicy(...TEAMS);
  let tableOfOthers: string;
  let before: Readonly<Record<string, string>>;

  test(
    "are told by the apply and by the next plan, and leave everything as it is",
    async () => {
      const { faults, functions, policies } = stage.emulator;
      const [ours] = statementsOf("sales", (await scene.policies()).table);
      const Sid = String(ours?.["Sid"]);
      tableOfOthers = tablePolicy(
        `{"Sid" :"${Sid}", "Effect":"Deny","Principal":"*","Action":"dynamodb:*","Resource":"*"}`,
      );
      await policies.seedTable(TABLE, tableOfOthers);
      await policies.seedCatalog(PLACE, catalogOfOthers);
      faults.meanwhile("GetIntegrationTableProperties", () => functions.crash(/"kind":"table-properties"/));
      stage.emulator.setStatus("orders-to-finance", "FAILED", [NO_ROLE]);
      stage.emulator.setStatus("customers-to-finance", "NEEDS_ATTENTION", [NO_NAMESPACE]);
      await scene.declareInterval("1h");
      before = await stage.account.integrationArns();
      const options = { sales: [attempt(3)], finance: [attempt(2)] };
      const [ofSales, ofFinance] = await scene.apply(options);

      const remembered = [
        failed(
          "catalogPolicy",
          "the Glue catalog policy would have N bytes, and AWS takes 10240; nothing was written. remove statements of others that are no longer needed, or spread the integrations over several places",
        ),
        failed(
          "tablePolicy",
          `the policy of ${TABLE} has a statement ${Sid} that somebody else wrote; nothing was changed. give that statement another Sid, or remove it, and change attempt to run it again`,
        ),
        brokeOff("tableProperties", "sales"),
      ];
      const hopeless = failed(
        "settings",
        `${before["orders-to-finance"] ?? ""} has failed, and AWS runs it no more; AWS reports UNRECOVERABLE_ACCESS_DENIED: The role cannot be assumed. give the source connection and the target a resource property with a role that AWS Glue can assume (docs/errors.md#unrecoverable-access-denied), then replace the integration: it does not recover`,
      );
      expect(errorsOf(ofSales)).toEqual([...remembered, died("sales")]);
      expect(errorsOf(ofFinance)).toEqual([hopeless]);
      const [planOfSales, planOfFinance] = await scene.both((terraform, stack) =>
        terraform.plan("plan", ...options[stack]),
      );
      expect(errorsOf(planOfSales)).toEqual(remembered);
      expect(errorsOf(planOfFinance)).toEqual([hopeless]);

      expect(await scene.policies()).toEqual({ catalog: catalogOfOthers, table: tableOfOthers });
      expect(await stage.account.integrationArns()).toEqual(before);
      expect(await scene.intervals()).toEqual({ "customers-to-finance": "60", "orders-to-finance": "30" });
      const results = stage.emulator.functions.log.map(({ line }) => JSON.parse(line) as JsonObject);
      expect(results).toContainEqual({
        kind: "integration-settings",
        action: "update",
        result: {
          ok: true,
          changed: true,
          message: "the refresh interval is 60 minutes",
          status: "NEEDS_ATTENTION",
          errors: [{ code: NO_NAMESPACE.ErrorCode, message: NO_NAMESPACE.ErrorMessage }],
        },
      });
    },
    3 * MINUTES,
  );

  test(
    "are made by another attempt, once their causes are mended",
    async () => {
      const { policies } = stage.emulator;
      await policies.seedTable(TABLE, tablePolicy());
      await policies.seedCatalog(PLACE, catalogPolicy());
      stage.emulator.freeStatus("customers-to-finance");
      const integrations = (await scene.finance.stateList()).filter((address) =>
        /^aws_cloudcontrolapi_resource\.Integrations_orders-to-finance_/.test(address),
      );
      expect(integrations).toHaveLength(1);
      const replaced = integrations.map((address) => `-replace=${address}`);
      const applied = await scene.apply({ sales: [attempt(4)], finance: [attempt(4), ...replaced] });
      expect(applied.map(errorsOf)).toEqual([[], []]);
      await scene.both((terraform) => expectAtRest(terraform, attempt(4)));

      const { catalog, table } = await scene.policies();
      expect([foreignIn(catalog), foreignIn(table)]).toEqual([[ANALYSTS], [READERS]]);
      expect(await statesOf(stage.account)).toEqual(ACTIVE);
      expect(await scene.intervals()).toEqual({ "customers-to-finance": "60", "orders-to-finance": "60" });
      const after = await stage.account.integrationArns();
      expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([
        "orders-to-finance",
      ]);
    },
    3 * MINUTES,
  );
});

describe("deletions", () => {
  test(
    "that fail are told, and Terraform keeps what was to be deleted",
    async () => {
      const { faults } = stage.emulator;
      faults.fail("DeleteIntegrationTableProperties", OUTAGE);
      faults.throttle("glue.PutResourcePolicy", Infinity);
      faults.deny("dynamodb.PutResourcePolicy", Infinity);
      await scene.deleteFunction("finance");
      const [ofSales, ofFinance] = await scene.both((terraform) => terraform.destroy(attempt(4)));
      const sales = functionOf("sales");
      expect(errorsOf(ofSales)).toEqual([
        `${sales}: removing the properties of orders in ${SALES_LAKE} failed: InternalServiceException: An internal error occurred [aws-error]`,
        `${sales}: writing the Glue catalog policy failed: ThrottlingException: Rate exceeded [aws-error]; remedy: run it again when there is less going on (docs/errors.md#throttling)`,
        `${sales}: writing the policy of ${TABLE} failed: ${denial("sales", "dynamodb:PutResourcePolicy").replace(". allow", " [access-denied]; remedy: allow")}`,
      ]);
      const gone = `invoking Lambda Function (${functionOf("finance")}): operation error Lambda: Invoke, https response error StatusCode: 404, RequestID: ID, ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:${PLACE.account}:function:${functionOf("finance")}: `;
      expect(errorsOf(ofFinance)).toEqual([gone, gone]);
      expect(
        (await scene.sales.stateList()).filter((address) => /^aws_lambda_invocation/.test(address)),
      ).toHaveLength(4);
    },
    3 * MINUTES,
  );

  test(
    "go on with the next one, and leave what others wrote as it was",
    async () => {
      // A function that is gone comes back, and nothing else changes.
      const finance = async (): Promise<string[]> => {
        await planned(scene.finance, attempt(4));
        const applied = await scene.finance.apply();
        const { resource_changes = [] } = await scene.finance.planJson();
        const changes = resource_changes.filter(
          ({ change }) => !/^(no-op|read)$/.test(change.actions.join()),
        );
        expect(result(applied)).toEqual({ code: 0, said: [] });
        return changes.map(
          ({ address, change }) => `${change.actions.join()} ${address.split(".")[0] ?? ""}`,
        );
      };
      const [destroyed, changes] = await Promise.all([scene.sales.destroy(attempt(4)), finance()]);
      expect(result(destroyed)).toEqual({ code: 0, said: [] });
      expect(changes).toEqual(["create aws_lambda_function"]);
      expect(result(await scene.finance.destroy(attempt(4)))).toEqual({ code: 0, said: [] });

      expect(await scene.policies()).toEqual({ catalog: catalogPolicy(), table: tablePolicy() });
      expect(stage.emulator.state.tableProperties.size).toBe(0);
      expect(await stage.account.roles()).toEqual([]);
    },
    3 * MINUTES,
  );
});
