import type { PolicyStatement } from "../support/policy-evaluator";
import { AwsClient } from "./client";
import { Emulator } from "./emulator";
import { ACCOUNT, FakeAccount, OTHER_ACCOUNT, ROLE_ARN, TABLE_ARN } from "./fake-account";
import { withStatement } from "./policies";
import { type JsonObject, type WireRequest, type WireResponse, jsonOf, jsonResponse } from "./wire";

/** Stands for moto: keeps the policies as they come. */
class FakeBackend {
  catalog: string | undefined;
  table: string | undefined;
  private revision = 0;

  send = async (request: WireRequest): Promise<WireResponse> => {
    const [service = "", operation = ""] = (request.headers["x-amz-target"] ?? "").split(".");
    const { PolicyInJson, Policy } = jsonOf(request) as { PolicyInJson?: string; Policy?: string };
    // Whoever reads takes a while, in which others get their turn.
    await new Promise((resolve) => setTimeout(resolve, 2));
    switch (`${service === "AWSGlue" ? "glue" : "dynamodb"}.${operation}`) {
      case "glue.GetResourcePolicy":
        return jsonResponse(
          this.catalog === undefined
            ? {}
            : { PolicyInJson: this.catalog, PolicyHash: `hash of ${this.catalog}` },
        );
      case "glue.PutResourcePolicy":
        this.catalog = PolicyInJson;
        return jsonResponse({ PolicyHash: `hash of ${String(PolicyInJson)}` });
      case "glue.DeleteResourcePolicy":
        this.catalog = undefined;
        return jsonResponse({});
      case "dynamodb.GetResourcePolicy":
        return this.table === undefined
          ? jsonResponse({ __type: "PolicyNotFoundException", message: "none" }, 400)
          : jsonResponse({ Policy: this.table, RevisionId: String(this.revision) });
      case "dynamodb.PutResourcePolicy":
        this.table = Policy;
        this.revision += 1;
        return jsonResponse({ RevisionId: String(this.revision) });
      default:
        this.table = undefined;
        return jsonResponse({});
    }
  };
}

const PLACE = { account: ACCOUNT, region: "us-east-1" };

let backend: FakeBackend;
let account: FakeAccount;
let emulator: Emulator;
let client: AwsClient;

beforeEach(() => {
  backend = new FakeBackend();
  account = new FakeAccount();
  emulator = new Emulator({ backend: backend.send, account, accounts: { AKIAFIRST: ACCOUNT } });
  client = new AwsClient((request) => emulator.handle(request), { accessKeyId: "AKIAFIRST" });
});

const glue = (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
  client.json("glue", `${operation}ResourcePolicy`, input);
const dynamodb = (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
  client.json("dynamodb", `${operation}ResourcePolicy`, { ResourceArn: TABLE_ARN, ...input });

const statement = (Sid: string, AWS: string = ACCOUNT): PolicyStatement => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS },
  Action: "glue:GetTables",
  Resource: "*",
});
const policyOf = (...statements: PolicyStatement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** As somebody writes who does not know how this library writes. */
const FOREIGN =
  '{ "Statement" : [\n\t{"Sid":"Foreign","Effect":"Allow","Principal":{"AWS":"AIDAGONE"},\n"Action":"glue:*","Resource":"*"} ],\n"Version":"2012-10-17" }\n';

describe("what others have written", () => {
  test("is in the catalog policy to the byte, whatever it says", async () => {
    await emulator.policies.seedCatalog(PLACE, FOREIGN);
    expect((await glue("Get"))["PolicyInJson"]).toBe(FOREIGN);
    expect(await emulator.policies.catalog(PLACE)).toBe(FOREIGN);
    await emulator.policies.seedCatalog(PLACE, undefined);
    expect(await emulator.policies.catalog(PLACE)).toBeUndefined();
    await emulator.policies.seedCatalog(PLACE, undefined);
  });

  test("is in the policy of a table to the byte, whatever it says", async () => {
    await emulator.policies.seedTable(TABLE_ARN, FOREIGN);
    expect((await dynamodb("Get"))["Policy"]).toBe(FOREIGN);
    expect(await emulator.policies.table(TABLE_ARN)).toBe(FOREIGN);
    await emulator.policies.seedTable(TABLE_ARN, undefined);
    expect(await emulator.policies.table(TABLE_ARN)).toBeUndefined();
    await emulator.policies.seedTable(TABLE_ARN, undefined);
  });

  test("stays as it is where a statement is added", () => {
    const added = JSON.stringify(statement("Added"));
    expect(withStatement(FOREIGN, statement("Added"))).toBe(FOREIGN.replace("} ]", `} ,${added}]`));
    expect(withStatement(undefined, statement("Added"))).toBe(policyOf(statement("Added")));
  });

  test("is written anew where it is no list of statements", () => {
    const one = JSON.stringify({ Statement: { ...statement("One"), Action: ["a", "b"] } });
    expect(JSON.parse(withStatement(one, statement("Added")))).toMatchObject({
      Statement: [{ Sid: "One" }, { Sid: "Added" }],
    });
  });
});

describe("a race", () => {
  test("for the catalog policy is lost once by whoever has read before", async () => {
    emulator.raceForCatalogPolicy((round) => statement(`Other${round}`));
    await emulator.policies.seedCatalog(PLACE, policyOf(statement("Foreign")));
    const { PolicyHash } = await glue("Get");
    const PolicyInJson = policyOf(statement("Foreign"), statement("Mine"));
    await expect(glue("Put", { PolicyInJson, PolicyHashCondition: PolicyHash })).rejects.toMatchObject({
      code: "ConditionCheckFailureException",
    });
    expect(backend.catalog).toBe(policyOf(statement("Foreign"), statement("Other0")));
    const { PolicyHash: later } = await glue("Get");
    await expect(glue("Put", { PolicyInJson, PolicyHashCondition: later })).resolves.toBeDefined();
  });

  test("for the first catalog policy is lost by whoever has found none", async () => {
    emulator.raceForCatalogPolicy((round) => statement(`Other${round}`));
    await expect(
      glue("Put", { PolicyInJson: policyOf(statement("Mine")), PolicyExistsCondition: "NOT_EXIST" }),
    ).rejects.toMatchObject({ message: "Policy already exists" });
    expect(backend.catalog).toBe(policyOf(statement("Other0")));
  });

  test("for the policy of a table is lost as often as told", async () => {
    emulator.raceForTablePolicy((round) => statement(`Other${round}`), 2);
    const put = (ExpectedRevisionId: unknown): Promise<JsonObject> =>
      dynamodb("Put", { Policy: policyOf(statement("Mine")), ExpectedRevisionId });
    await expect(put("NO_POLICY")).rejects.toMatchObject({ code: "PolicyNotFoundException" });
    await expect(put((await dynamodb("Get"))["RevisionId"])).rejects.toMatchObject({
      code: "PolicyNotFoundException",
    });
    expect(backend.table).toBe(policyOf(statement("Other0"), statement("Other1")));
    await expect(put((await dynamodb("Get"))["RevisionId"])).resolves.toBeDefined();
  });

  test("of two writers is won by one", async () => {
    await emulator.policies.seedCatalog(PLACE, policyOf(statement("Foreign")));
    const { PolicyHash } = await glue("Get");
    const results = await Promise.allSettled(
      ["A", "B", "C"].map((sid) =>
        glue("Put", { PolicyInJson: policyOf(statement(sid)), PolicyHashCondition: PolicyHash }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  });

  test("of two writers of a first table policy is won by one", async () => {
    const results = await Promise.allSettled(
      ["A", "B"].map((sid) =>
        dynamodb("Put", { Policy: policyOf(statement(sid)), ExpectedRevisionId: "NO_POLICY" }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("the policy of a table", () => {
  test("is only replaced under its revision", async () => {
    const { RevisionId } = await dynamodb("Put", { Policy: policyOf(statement("One")) });
    const Policy = policyOf(statement("Two"));
    for (const ExpectedRevisionId of ["NO_POLICY", "9"]) {
      await expect(dynamodb("Put", { Policy, ExpectedRevisionId })).rejects.toMatchObject({
        code: "PolicyNotFoundException",
        message: `Resource-based policy not found for the provided ResourceArn: ${TABLE_ARN}; a policy exists with revision id 1`,
      });
    }
    await expect(dynamodb("Delete", { ExpectedRevisionId: "9" })).rejects.toMatchObject({
      code: "PolicyNotFoundException",
    });
    await expect(dynamodb("Put", { Policy, ExpectedRevisionId: RevisionId })).resolves.toEqual({
      RevisionId: "2",
    });
    await dynamodb("Delete", { ExpectedRevisionId: "2" });
    await expect(dynamodb("Get")).rejects.toMatchObject({ code: "PolicyNotFoundException" });
  });

  test("has at most 20 KB, white space included", async () => {
    const padded = (length: number): string => policyOf(statement("One")).padEnd(length, " ");
    await expect(dynamodb("Put", { Policy: padded(20_481) })).rejects.toMatchObject({
      code: "ValidationException",
    });
    await expect(dynamodb("Put", { Policy: padded(20_480) })).resolves.toBeDefined();
  });

  test("names only principals that exist", async () => {
    await expect(dynamodb("Put", { Policy: policyOf(statement("One", ROLE_ARN)) })).resolves.toBeDefined();
    await expect(
      dynamodb("Put", { Policy: policyOf(statement("One", `${ROLE_ARN}-later`)) }),
    ).rejects.toMatchObject({
      code: "ValidationException",
      message: `The resource policy is invalid: principal ${ROLE_ARN}-later does not exist`,
    });
  });

  test("is read as it was before, as often as told, after a change", async () => {
    await emulator.policies.seedTable(TABLE_ARN, policyOf(statement("Old")));
    emulator.policies.staleReads = 2;
    await dynamodb("Put", { Policy: policyOf(statement("New")) });
    const seen = async (): Promise<unknown> => (await dynamodb("Get"))["Policy"];
    expect([await seen(), await seen(), await seen()]).toEqual([
      policyOf(statement("Old")),
      policyOf(statement("Old")),
      policyOf(statement("New")),
    ]);
  });

  test("is not found for a while after it was first written", async () => {
    emulator.policies.staleReads = 1;
    await dynamodb("Put", { Policy: policyOf(statement("New")) });
    await expect(dynamodb("Get")).rejects.toMatchObject({ code: "PolicyNotFoundException" });
    await expect(dynamodb("Get")).resolves.toMatchObject({ Policy: policyOf(statement("New")) });
  });
});

describe("the catalog policy", () => {
  test("has no statement id twice", async () => {
    await expect(
      glue("Put", { PolicyInJson: policyOf(statement("One"), statement("One")) }),
    ).rejects.toMatchObject({
      code: "InvalidInputException",
      message: "The resource policy is invalid: statement id One is not unique",
    });
  });

  test("does not take the id of a principal that is gone", async () => {
    await expect(glue("Put", { PolicyInJson: policyOf(statement("One", "AIDAGONE")) })).rejects.toMatchObject(
      { message: "The resource policy is invalid: principal AIDAGONE does not exist" },
    );
  });

  test.each([
    [OTHER_ACCOUNT, "refused"],
    [`arn:aws:iam::${OTHER_ACCOUNT}:role/reader`, "refused"],
    [ROLE_ARN, "written"],
  ])(
    "where Lake Formation grants %s access, is %s unless EnableHybrid is set",
    async (principal, expected) => {
      account.lakeFormationFacts = {
        guarded: true,
        grants: [{ principal, permissions: ["SELECT"], resource: { Database: { Name: "sales_lake" } } }],
      };
      const PolicyInJson = policyOf(statement("One"));
      for (const EnableHybrid of [undefined, "FALSE"]) {
        const put = glue("Put", { PolicyInJson, ...(EnableHybrid && { EnableHybrid }) });
        if (expected === "written") await expect(put).resolves.toBeDefined();
        else await expect(put).rejects.toMatchObject({ code: "InvalidInputException" });
      }
      await expect(glue("Put", { PolicyInJson, EnableHybrid: "TRUE" })).resolves.toBeDefined();
    },
  );
});
