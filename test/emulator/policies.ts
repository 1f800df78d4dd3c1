// The policies that several owners share: the catalog policy of an account and region, and that of a DynamoDB table. moto
// keeps them; what AWS refuses, and that no two writers get between each other's condition and write, is here.
import { type PolicyDocument, type PolicyStatement, parsePolicy } from "../support/policy-evaluator";
import { type Account, arnOf } from "./account";
import type { AwsClient } from "./client";
import { type Caller, type OperationContext, type Operations, placed } from "./operation";
import { AwsError, type JsonObject } from "./wire";

/** Said to be the limit of the Data Catalog's policy; AWS does not publish it. */
const CATALOG_POLICY_BYTES = 10 * 1024;

/** DynamoDB API, PutResourcePolicy: white space counts. */
const TABLE_POLICY_BYTES = 20 * 1024;

/** What stands for a revision where there must be no policy. */
const NO_POLICY = "NO_POLICY";

type Place = Pick<Caller, "account" | "region">;

interface TablePolicy {
  readonly Policy: string;
  readonly RevisionId: string;
}

export class Policies {
  /**
   * How many reads of a table's policy still see the one of before, after each change: DynamoDB reads it eventually
   * consistently.
   */
  staleReads = 0;
  private readonly stale = new Map<string, { readonly before: TablePolicy | undefined; reads: number }>();
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly account: Account,
    private readonly motoOf: (place: Place) => AwsClient,
  ) {}

  /** The catalog policy as it was written, to the byte. */
  async catalog(place: Place): Promise<string | undefined> {
    const got = await this.motoOf(place).json("glue", "GetResourcePolicy");
    return got["PolicyInJson"] as string | undefined;
  }

  /** Makes it what somebody else has written before, or nothing: kept to the byte, and not judged. */
  async seedCatalog(place: Place, text: string | undefined): Promise<void> {
    const moto = this.motoOf(place);
    await this.inTurn(place, "catalog", async () => {
      if (text !== undefined) await moto.json("glue", "PutResourcePolicy", { PolicyInJson: text });
      else if ((await this.catalog(place)) !== undefined) await moto.json("glue", "DeleteResourcePolicy");
    });
  }

  /** The policy of a table as it was written, to the byte. */
  async table(tableArn: string): Promise<string | undefined> {
    return (await this.readTable(this.motoOf(arnOf(tableArn)), tableArn))?.Policy;
  }

  /** Makes it what somebody else has written before, or nothing: kept to the byte, and not judged. */
  async seedTable(tableArn: string, text: string | undefined): Promise<void> {
    const place = arnOf(tableArn);
    const moto = this.motoOf(place);
    const ResourceArn = tableArn;
    await this.inTurn(place, tableArn, async () => {
      if (text !== undefined) await moto.json("dynamodb", "PutResourcePolicy", { ResourceArn, Policy: text });
      else if ((await this.table(tableArn)) !== undefined) {
        await moto.json("dynamodb", "DeleteResourcePolicy", { ResourceArn });
      }
    });
  }

  clear(): void {
    this.staleReads = 0;
    this.stale.clear();
  }

  get operations(): Operations {
    return {
      "glue.GetResourcePolicy": async ({ moto }) => {
        const policy = await moto.json("glue", "GetResourcePolicy");
        if (policy["PolicyInJson"] === undefined) throw noCatalogPolicy();
        return policy;
      },
      "glue.PutResourcePolicy": (context) =>
        this.inTurn(context.caller, "catalog", () => this.putCatalog(context)),
      "glue.DeleteResourcePolicy": (context) =>
        this.inTurn(context.caller, "catalog", async () => {
          const { input, moto } = context;
          const existing = await moto.json("glue", "GetResourcePolicy");
          if (existing["PolicyInJson"] === undefined) throw noCatalogPolicy();
          refuseHash(input, existing);
          return moto.json("glue", "DeleteResourcePolicy");
        }),
      "dynamodb.GetResourcePolicy": ({ input, moto }) => this.getTable(moto, String(input["ResourceArn"])),
      "dynamodb.PutResourcePolicy": (context) =>
        this.inTurn(context.caller, String(context.input["ResourceArn"]), () => this.putTable(context)),
      "dynamodb.DeleteResourcePolicy": (context) =>
        this.inTurn(context.caller, String(context.input["ResourceArn"]), () => this.deleteTable(context)),
    };
  }

  private async putCatalog({ caller, input, moto }: OperationContext): Promise<JsonObject> {
    const existing = await moto.json("glue", "GetResourcePolicy");
    const exists = existing["PolicyInJson"] !== undefined;
    if (input["PolicyExistsCondition"] === "NOT_EXIST" && exists) {
      throw new AwsError("ConditionCheckFailureException", "Policy already exists");
    }
    if (input["PolicyExistsCondition"] === "MUST_EXIST" && !exists) throw noCatalogPolicy();
    refuseHash(input, existing);
    const text = String(input["PolicyInJson"]);
    if (Buffer.byteLength(text) > CATALOG_POLICY_BYTES) {
      throw new AwsError(
        "ResourceNumberLimitExceededException",
        "The resource policy exceeds the size limit",
      );
    }
    await this.refuseDocument(text, caller, "InvalidInputException");
    await this.refuseWithoutHybrid(caller, input);
    return moto.json("glue", "PutResourcePolicy", { PolicyInJson: text });
  }

  /** Whoever shares with other accounts by Lake Formation as well has to say so (Glue API, PutResourcePolicy.EnableHybrid). */
  private async refuseWithoutHybrid(caller: Caller, { EnableHybrid }: JsonObject): Promise<void> {
    if (EnableHybrid === "TRUE") return;
    const { grants } = await this.account.lakeFormation(
      arnOf(`arn:aws:lakeformation:${caller.region}:${caller.account}:*`),
    );
    const shared = grants.some(({ principal }) => {
      const account = /^\d{12}$/.test(principal) ? principal : principal.split(":")[4];
      return account !== undefined && account !== "" && account !== caller.account;
    });
    if (!shared) return;
    throw new AwsError(
      "InvalidInputException",
      "AWS Lake Formation grants cross-account access in this account: EnableHybrid must be TRUE",
    );
  }

  private async getTable(moto: AwsClient, arn: string): Promise<JsonObject> {
    const policy = await this.readTable(moto, arn);
    const stale = this.stale.get(arn);
    const seen = stale === undefined || stale.reads <= 0 ? policy : stale.before;
    if (stale !== undefined) stale.reads -= 1;
    if (seen === undefined) throw noTablePolicy(arn);
    return { ...seen };
  }

  private async putTable({ caller, input, moto }: OperationContext): Promise<JsonObject> {
    const { ExpectedRevisionId: expected } = input;
    const arn = String(input["ResourceArn"]);
    const text = String(input["Policy"]);
    const existing = await this.readTable(moto, arn);
    if (expected === NO_POLICY ? existing !== undefined : isOther(expected, existing)) {
      throw noTablePolicy(arn, existing);
    }
    if (Buffer.byteLength(text) > TABLE_POLICY_BYTES) {
      throw new AwsError(
        "ValidationException",
        `One or more parameter values were invalid: the resource-based policy is larger than ${TABLE_POLICY_BYTES} bytes`,
      );
    }
    await this.refuseDocument(text, caller, "ValidationException");
    const put = await moto.json("dynamodb", "PutResourcePolicy", { ResourceArn: arn, Policy: text });
    this.changed(arn, existing);
    return put;
  }

  private async deleteTable({ input, moto }: OperationContext): Promise<JsonObject> {
    const { ExpectedRevisionId: expected } = input;
    const arn = String(input["ResourceArn"]);
    const existing = await this.readTable(moto, arn);
    if (isOther(expected, existing)) throw noTablePolicy(arn, existing);
    // Idempotent in AWS, unless a revision is expected.
    if (existing === undefined) return {};
    const deleted = await moto.json("dynamodb", "DeleteResourcePolicy", { ResourceArn: arn });
    this.changed(arn, existing);
    return deleted;
  }

  private changed(arn: string, before: TablePolicy | undefined): void {
    if (this.staleReads > 0) this.stale.set(arn, { before, reads: this.staleReads });
  }

  private async readTable(moto: AwsClient, ResourceArn: string): Promise<TablePolicy | undefined> {
    try {
      return (await moto.json("dynamodb", "GetResourcePolicy", { ResourceArn })) as unknown as TablePolicy;
    } catch (error) {
      if (error instanceof AwsError && error.code === "PolicyNotFoundException") return undefined;
      throw error;
    }
  }

  private async refuseDocument(text: string, caller: Caller, code: string): Promise<void> {
    const invalid = (reason: string): AwsError =>
      new AwsError(code, `The resource policy is invalid: ${reason}`);
    const statements = statementsIn(text);
    if (statements === undefined) throw invalid("it is not a policy document");
    const sids = statements.flatMap(({ Sid }) => Sid ?? []);
    const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
    if (twice !== undefined) throw invalid(`statement id ${twice} is not unique`);
    for (const { Principal, NotPrincipal } of statements) {
      const named = Principal ?? NotPrincipal;
      if (named === undefined) throw invalid("every statement needs Principal or NotPrincipal");
      const principals = named === "*" ? [] : [named["AWS"] ?? []].flat();
      for (const principal of principals) {
        const refusal = await this.principalRefusal(String(principal), caller);
        if (refusal !== undefined) throw invalid(`principal ${String(principal)} ${refusal}`);
      }
    }
  }

  /** A policy may only name principals that exist, so a role has to be made before it. */
  private async principalRefusal(principal: string, caller: Caller): Promise<string | undefined> {
    if (principal === "*" || /^\d{12}$/.test(principal) || /^arn:[^:]+:iam::\d{12}:root$/.test(principal)) {
      return undefined;
    }
    // Also the id that AWS puts in the place of a principal that is gone.
    if (!principal.startsWith("arn:")) return "does not exist";
    if (principal.includes("*")) return "has a wildcard";
    const arn = arnOf(principal);
    if (arn.service === "sts" && arn.account === caller.account) return undefined;
    const exists = arn.resource.startsWith("role/")
      ? await this.account.role(arn)
      : await this.account.user(arn);
    return exists === undefined || exists === false ? "does not exist" : undefined;
  }

  /** One writer after the other: what a condition was held against is what is written over. */
  private async inTurn<T>(place: Place, name: string, act: () => Promise<T>): Promise<T> {
    const key = placed(place, name);
    const turn = (this.turns.get(key) ?? Promise.resolve()).then(act);
    this.turns.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }
}

/** The same policy with one statement more, everything else in it to the byte; a new one where there was none. */
export function withStatement(text: string | undefined, statement: PolicyStatement): string {
  const added = JSON.stringify(statement);
  const statements = text === undefined ? [] : (statementsIn(text) ?? []);
  const end = text?.lastIndexOf("]") ?? -1;
  if (text !== undefined && statements.length > 0 && end > 0) {
    const longer = `${text.slice(0, end)},${added}${text.slice(end)}`;
    if (statementsIn(longer)?.length === statements.length + 1) return longer;
  }
  return JSON.stringify({ Version: "2012-10-17", Statement: [...statements, statement] });
}

function statementsIn(text: string): PolicyStatement[] | undefined {
  let document: PolicyDocument;
  try {
    document = parsePolicy(text);
  } catch {
    return undefined;
  }
  return [document.Statement].flat() as PolicyStatement[];
}

function isOther(expected: unknown, existing: TablePolicy | undefined): boolean {
  return expected !== undefined && expected !== existing?.RevisionId;
}

function refuseHash(input: JsonObject, existing: JsonObject): void {
  const expected = input["PolicyHashCondition"];
  if (expected !== undefined && expected !== existing["PolicyHash"]) {
    throw new AwsError("ConditionCheckFailureException", "Policy hash condition is not met");
  }
}

function noCatalogPolicy(): AwsError {
  return new AwsError("EntityNotFoundException", "Policy not found");
}

function noTablePolicy(arn: string, existing?: TablePolicy): AwsError {
  const instead = existing === undefined ? "" : `; a policy exists with revision id ${existing.RevisionId}`;
  return new AwsError(
    "PolicyNotFoundException",
    `Resource-based policy not found for the provided ResourceArn: ${arn}${instead}`,
  );
}
