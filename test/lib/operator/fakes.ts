// An account that the operator can be called for without a network, and time that passes only where the operator waits.
import { createHash } from "node:crypto";
import type { Clients, Integration, TableConfigs, TableKey } from "../../../lib/operator/clients";
import type { CallContext, Surroundings } from "../../../lib/operator/handle";
import { handle } from "../../../lib/operator/handle";
import type { Clock } from "../../../lib/operator/patience";
import type { OperatorResult } from "../../../lib/operator/protocol";

export const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
export const FUNCTION_NAME = "zero-etl-orders-prod";
export const FUNCTION_ARN = `arn:aws:lambda:us-east-1:111122223333:function:${FUNCTION_NAME}`;

export const DATABASE = "arn:aws:glue:us-east-1:111122223333:database/sales_lake";
export const CATALOG = "arn:aws:glue:us-east-1:111122223333:catalog";
export const CONNECTION = "arn:aws:glue:us-east-1:111122223333:connection/sap-prod";
export const TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
export const INTEGRATION =
  "arn:aws:glue:us-east-1:111122223333:integration:6f2c0e1a-1111-4222-8333-444455556666";

/** An error as an AWS client throws it. */
export function awsError(name: string, message = `${name} of AWS`): Error {
  return Object.assign(new Error(message), { name, $fault: "client" });
}

/** Time that passes only in `sleep`. */
export class FakeClock implements Clock {
  private time = 0;
  private timers: { at: number; run: () => void }[] = [];
  readonly sleeps: number[] = [];

  constructor(private readonly chance = 0.5) {}

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.sleeps.push(milliseconds);
    this.pass(milliseconds);
  }

  random(): number {
    return this.chance;
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.time + milliseconds, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, as a slow request does. */
  pass(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.timers.filter(({ at }) => at <= this.time);
    this.timers = this.timers.filter(({ at }) => at > this.time);
    for (const { run } of due) run();
  }

  get slept(): number {
    return this.sleeps.reduce((sum, pause) => sum + pause, 0);
  }

  get pendingTimers(): number {
    return this.timers.length;
  }
}

type Fault = Error | ((account: FakeAccount) => void | Promise<void>);

/** What of an account the operator touches, with every call in order. */
export class FakeAccount {
  readonly calls: string[] = [];
  /** What was sent with each call that is not in `calls` as its name alone. */
  readonly requests: unknown[] = [];
  tables = new Map<string, TableConfigs>();
  integrations: Integration[] = [];
  catalogPolicy: string | undefined;
  tablePolicies = new Map<string, string>();
  dynamoDbTables = new Set([TABLE]);
  /** Inbound integrations in one answer. */
  pageSize = 100;
  private readonly faults = new Map<string, Fault[]>();

  /** Lets the next calls of an operation fail, or do something before they go on. */
  fail(operation: string, ...faults: Fault[]): this {
    this.faults.set(operation, [...(this.faults.get(operation) ?? []), ...faults]);
    return this;
  }

  /** Lets every call of an operation fail. */
  failAlways(operation: string, error: Error): this {
    return this.fail(operation, ...Array.from({ length: 200 }, () => error));
  }

  get writes(): string[] {
    return this.calls.filter((call) => !/:(?:get|describe)/.test(call));
  }

  tableKey({ ResourceArn, TableName }: TableKey): string {
    return `${ResourceArn} ${TableName}`;
  }

  setTable(resource: string, table: string, configs: TableConfigs): this {
    this.tables.set(this.tableKey({ ResourceArn: resource, TableName: table }), configs);
    return this;
  }

  table(resource: string, table: string): TableConfigs | undefined {
    return this.tables.get(this.tableKey({ ResourceArn: resource, TableName: table }));
  }

  /** Before an operation is carried out. */
  protected async arrive(operation: string, request: unknown): Promise<void> {
    this.calls.push(operation);
    this.requests.push(request);
    const fault = this.faults.get(operation)?.shift();
    if (fault instanceof Error) throw fault;
    await fault?.(this);
  }

  readonly clients: Clients = {
    glue: {
      getIntegrationTableProperties: async (request) => {
        await this.arrive("glue:getIntegrationTableProperties", request);
        return structuredClone(this.existing(request));
      },
      createIntegrationTableProperties: async ({ ResourceArn, TableName, ...configs }) => {
        await this.arrive("glue:createIntegrationTableProperties", { ResourceArn, TableName, ...configs });
        if (this.table(ResourceArn, TableName)) throw awsError("ValidationException", "It already exists.");
        this.setTable(ResourceArn, TableName, configs);
      },
      updateIntegrationTableProperties: async ({ ResourceArn, TableName, ...configs }) => {
        await this.arrive("glue:updateIntegrationTableProperties", { ResourceArn, TableName, ...configs });
        this.existing({ ResourceArn, TableName });
        this.setTable(ResourceArn, TableName, configs);
      },
      deleteIntegrationTableProperties: async (request) => {
        await this.arrive("glue:deleteIntegrationTableProperties", request);
        this.existing(request);
        this.tables.delete(this.tableKey(request));
      },
      describeInboundIntegrations: async ({ TargetArn, Marker }) => {
        await this.arrive("glue:describeInboundIntegrations", { TargetArn, Marker });
        const all = this.integrations.filter((integration) => integration.TargetArn === TargetArn);
        const from = Number(Marker ?? 0);
        const to = from + this.pageSize;
        return { InboundIntegrations: all.slice(from, to), ...(to < all.length && { Marker: String(to) }) };
      },
      describeIntegrations: async ({ IntegrationIdentifier }) => {
        await this.arrive("glue:describeIntegrations", { IntegrationIdentifier });
        const found = this.integrations.filter(
          ({ IntegrationArn }) => IntegrationArn === IntegrationIdentifier,
        );
        if (found.length === 0) throw awsError("IntegrationNotFoundFault");
        return { Integrations: structuredClone(found) };
      },
      modifyIntegration: async ({ IntegrationIdentifier, IntegrationConfig }) => {
        await this.arrive("glue:modifyIntegration", { IntegrationIdentifier, IntegrationConfig });
        this.setIntegration({ IntegrationConfig });
      },
      getResourcePolicy: async () => {
        await this.arrive("glue:getResourcePolicy", {});
        if (this.catalogPolicy === undefined) throw awsError("EntityNotFoundException", "Policy not found");
        return { PolicyInJson: this.catalogPolicy, PolicyHash: hashOf(this.catalogPolicy) };
      },
      putResourcePolicy: async (request) => {
        await this.arrive("glue:putResourcePolicy", request);
        this.checkHash(request.PolicyHashCondition, request.PolicyExistsCondition);
        this.catalogPolicy = request.PolicyInJson;
      },
      deleteResourcePolicy: async (request) => {
        await this.arrive("glue:deleteResourcePolicy", request);
        if (this.catalogPolicy === undefined) throw awsError("EntityNotFoundException", "Policy not found");
        this.checkHash(request.PolicyHashCondition, undefined);
        this.catalogPolicy = undefined;
      },
    },
    dynamodb: {
      getResourcePolicy: async ({ ResourceArn }) => {
        await this.arrive("dynamodb:getResourcePolicy", { ResourceArn });
        const Policy = this.tablePolicy(ResourceArn);
        if (Policy === undefined) throw awsError("PolicyNotFoundException");
        return { Policy, RevisionId: hashOf(Policy) };
      },
      putResourcePolicy: async (request) => {
        await this.arrive("dynamodb:putResourcePolicy", request);
        this.checkRevision(request.ResourceArn, request.ExpectedRevisionId);
        this.tablePolicies.set(request.ResourceArn, request.Policy);
      },
      deleteResourcePolicy: async (request) => {
        await this.arrive("dynamodb:deleteResourcePolicy", request);
        this.checkRevision(request.ResourceArn, request.ExpectedRevisionId);
        this.tablePolicies.delete(request.ResourceArn);
      },
    },
  };

  /** Changes the only integration. */
  setIntegration(change: Integration): void {
    this.integrations = this.integrations.map((integration) => ({ ...integration, ...change }));
  }

  private existing(key: TableKey): TableConfigs {
    const configs = this.tables.get(this.tableKey(key));
    if (configs === undefined) throw awsError("EntityNotFoundException", "No such table properties.");
    return configs;
  }

  private checkHash(hash: string | undefined, exists: "MUST_EXIST" | "NOT_EXIST" | undefined): void {
    const live = this.catalogPolicy;
    const holds =
      (hash === undefined || (live !== undefined && hash === hashOf(live))) &&
      (exists !== "NOT_EXIST" || live === undefined) &&
      (exists !== "MUST_EXIST" || live !== undefined);
    if (!holds)
      throw awsError("ConditionCheckFailureException", "Policy hash or existence condition not met");
  }

  private tablePolicy(table: string): string | undefined {
    if (!this.dynamoDbTables.has(table))
      throw awsError("ResourceNotFoundException", "Requested resource not found");
    return this.tablePolicies.get(table);
  }

  private checkRevision(table: string, expected: string | undefined): void {
    const live = this.tablePolicy(table);
    const revision = live === undefined ? "NO_POLICY" : hashOf(live);
    if (expected !== undefined && expected !== revision) throw awsError("PolicyNotFoundException");
  }
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/** One function in an account. */
export class FakeFunction {
  readonly log: string[] = [];
  clock = new FakeClock();
  /** Milliseconds that Lambda gives a call. */
  timeout = 600_000;
  environment: Record<string, string> = {};
  /** What the last answer says of the call that it belongs to. */
  request: string | undefined;

  constructor(
    readonly account: FakeAccount = new FakeAccount(),
    readonly arn: string = FUNCTION_ARN,
  ) {}

  async call(event: unknown): Promise<OperatorResult> {
    const begin = this.clock.now();
    const context: CallContext = {
      invokedFunctionArn: this.arn,
      getRemainingTimeInMillis: () => this.timeout - (this.clock.now() - begin),
    };
    const surroundings: Surroundings = {
      clients: () => this.account.clients,
      clock: this.clock,
      environment: this.environment,
      log: (line) => this.log.push(line),
    };
    const { request, ...result } = await handle(surroundings, event, context);
    this.request = request;
    return result;
  }

  create(input: object): Promise<OperatorResult> {
    return this.call({ version: 1, ...input, tf: { action: "create", prev_input: null } });
  }

  update(input: object, previous: object): Promise<OperatorResult> {
    const prev_input = { version: 1, ...previous };
    return this.call({ version: 1, ...input, tf: { action: "update", prev_input } });
  }

  delete(input: object): Promise<OperatorResult> {
    const prev_input = { version: 1, ...input };
    return this.call({ version: 1, ...input, tf: { action: "delete", prev_input } });
  }

  read(input: object): Promise<OperatorResult> {
    return this.call({ version: 1, ...input, action: "read" });
  }
}
