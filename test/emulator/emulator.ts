// AWS accounts on this machine: what zero-ETL needs and moto lacks is answered here, everything else by the backend.
//
// Tests start it with `startEmulator` (server.ts), make what has to exist with `Seeding` (seeding.ts), look at what is there
// with `Inspection` (inspection.ts), and steer it through the public members of `Emulator`:
// `faults`, `failNext`, `setStatus` and `raceFor...` for mishaps, `timing`, `traffic`, `iam` and `policies` for how long things
// take and how many happen at once, `functions` for the code that Lambda runs, `log`, `loads` and `sqlStatements` for what was
// asked of it. What AWS refuses is in rules/, a file for each kind of source and target.
import { randomUUID } from "node:crypto";
import { refuseBeyondRole } from "./access";
import type { Account } from "./account";
import { parseArn } from "./arns";
import { AwsClient, inspectedAccount } from "./client";
import { CloudControl } from "./cloud-control";
import { type FaultedCall, Faults } from "./faults";
import { GlueApi } from "./glue-api";
import { CatalogType } from "./glue/catalog-type";
import { GlueCatalogs, catalogOperations } from "./glue/catalogs";
import { connectionOperations } from "./glue/connections";
import { IamPropagation } from "./iam-propagation";
import { Integrations } from "./integrations";
import { Functions } from "./lambda/functions";
import { LambdaApi } from "./lambda/lambda-api";
import { INSTANT, type Timing, Traffic } from "./life";
import { Metrics } from "./metrics";
import { MotoAccount } from "./moto-account";
import { MOTO_GAPS } from "./moto-gaps";
import { odbOperations } from "./odb";
import type { Caller } from "./operation";
import { Policies, withStatement } from "./policies";
import { queryInput, queryResponse } from "./query-protocol";
import { readOnlyTypes } from "./read-only-types";
import { Clusters, clusterOperations } from "./redshift/clusters";
import { redshiftIntegrationOperations, redshiftTagOperations } from "./redshift/integration-operations";
import { RedshiftIntegrations } from "./redshift/integrations";
import { namespacePolicyOperations } from "./redshift/namespace-policies";
import { serverlessOperations } from "./redshift/serverless";
import { type SqlStatement, Statements, statementOperations } from "./redshift/statements";
import { Warehouses } from "./redshift/warehouses";
import { ResourceProperties } from "./resource-properties";
import { IntegrationType, ResourcePropertyType } from "./resource-types";
import { Router } from "./route";
import { tableBucketOperations } from "./s3-tables";
import { TableProperties } from "./table-properties";
import {
  type Integration,
  type IntegrationError,
  type IntegrationStatus,
  type Load,
  ZeroEtlState,
} from "./state";
import type { PolicyStatement } from "../support/policy-evaluator";
import {
  type Addressed,
  AwsError,
  type JsonObject,
  type Transport,
  type WireRequest,
  type WireResponse,
  addressOf,
  errorResponse,
  formOf,
  jsonOf,
  jsonResponse,
} from "./wire";

/** One request that reached the emulated account. */
export interface LoggedCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly input: JsonObject;
  /** Role of whoever called, where it is known: a function's, or one that was assumed. */
  readonly principal?: string;
  readonly error?: string;
}

export interface EmulatorOptions {
  /** Where everything goes that is not emulated here. */
  readonly backend: Transport;
  /** @default the account as the backend tells it */
  readonly account?: Account;
  /** Access key ids and the accounts they belong to; any other key belongs to the first account. */
  readonly accounts: Readonly<Record<string, string>>;
  /** How long a creation or a deletion of an integration takes at least, in milliseconds. @default 0 */
  readonly changeMillis?: number;
}

/** What an access key stands for. */
interface Session {
  readonly role: string;
  /** Name of the session, of a function. */
  readonly name?: string;
}

export class Emulator {
  readonly state = new ZeroEtlState();
  readonly timing: Timing;
  /** How many integrations of one target are created or deleted at once; its limit can be lifted. */
  readonly traffic = new Traffic();
  readonly log: LoggedCall[] = [];
  /** What is to go wrong. */
  readonly faults = new Faults();
  /** How long IAM takes to tell services of a role. */
  readonly iam: IamPropagation;
  /** The catalog policies and those of tables: what others have put there, to the byte. */
  readonly policies: Policies;
  /** Lambda functions, which really run. */
  readonly functions: Functions;
  /** Those of the Glue API. */
  readonly integrations: Integrations;
  readonly redshiftIntegrations: RedshiftIntegrations;
  readonly tableProperties: TableProperties;
  /** What AWS Glue has told CloudWatch. */
  readonly metrics = new Metrics();
  readonly account: Account;
  private readonly glue: GlueApi;
  private readonly router: Router;
  private readonly lambda: LambdaApi;
  private cloudControl: CloudControl;
  /** By temporary access key. */
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly options: EmulatorOptions) {
    this.timing = { ...INSTANT, changeMillis: options.changeMillis ?? INSTANT.changeMillis };
    this.iam = new IamPropagation(
      options.account ??
        new MotoAccount((account, region) => this.backendClient({ account, region }), this.state),
    );
    this.account = this.iam.seen;
    this.integrations = new Integrations(this.state, this.account, this.timing, this.traffic);
    this.redshiftIntegrations = new RedshiftIntegrations(this.state, this.account, this.timing, this.traffic);
    this.tableProperties = new TableProperties(this.state, this.account, this.timing);
    this.glue = new GlueApi(
      this.account,
      this.integrations,
      new ResourceProperties(this.state, this.account),
      this.tableProperties,
    );
    this.policies = new Policies(this.account, ({ account, region }) =>
      this.backendClient({ account, region }),
    );
    this.functions = new Functions(this);
    this.lambda = new LambdaApi(this.functions, this.account);
    this.router = this.newRouter();
    this.cloudControl = this.newCloudControl();
  }

  /** An empty account in which nothing runs any more: the backend is reset by whoever started it. */
  async reset(): Promise<void> {
    await this.functions.clear();
    this.state.clear();
    this.log.length = 0;
    this.faults.clear();
    this.iam.clear();
    this.policies.clear();
    this.tableProperties.updates = "replace";
    this.sessions.clear();
    Object.assign(this.timing, INSTANT, { changeMillis: this.options.changeMillis ?? INSTANT.changeMillis });
    this.traffic.clear();
    this.metrics.clear();
    this.cloudControl = this.newCloudControl();
  }

  /** Makes the next calls of an operation fail, for instance `CreateIntegration` or `iam.CreateRole`. */
  failNext(operation: string, error: AwsError, times = 1): void {
    this.faults.fail(operation, error, { times });
  }

  /**
   * Before each of the next writes of the catalog policy arrives, somebody else adds a statement that its writer has not read;
   * `statement` is given the number of the write, from 0.
   */
  raceForCatalogPolicy(statement: (round: number) => PolicyStatement, times = 1): void {
    let round = 0;
    const add = async (place: FaultedCall): Promise<void> => {
      const text = await this.policies.catalog(place);
      await this.policies.seedCatalog(place, withStatement(text, statement(round++)));
    };
    this.faults.meanwhile(["glue.PutResourcePolicy", "glue.DeleteResourcePolicy"], add, { times });
  }

  /** The same for the policy of the table that is written. */
  raceForTablePolicy(statement: (round: number) => PolicyStatement, times = 1): void {
    let round = 0;
    const add = async ({ input }: FaultedCall): Promise<void> => {
      const arn = String(input["ResourceArn"]);
      const text = await this.policies.table(arn);
      await this.policies.seedTable(arn, withStatement(text, statement(round++)));
    };
    this.faults.meanwhile(["dynamodb.PutResourcePolicy", "dynamodb.DeleteResourcePolicy"], add, { times });
  }

  /** A new access key for a session of a function, which may do what its role allows. */
  issue(role: string, name: string): string {
    const key = `ASIA${randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase()}`;
    this.sessions.set(key, { role, name });
    return key;
  }

  /** The key is worth nothing any more. */
  withdraw(accessKeyId: string): void {
    this.sessions.delete(accessKeyId);
  }

  /** Fixes the status of an integration, by name, whatever its account looks like. */
  setStatus(name: string, status: IntegrationStatus, errors: readonly IntegrationError[] = []): void {
    this.integrationNamed(name).fixed = { status, errors };
  }

  /** Lets the status follow from the account again. */
  freeStatus(name: string): void {
    delete this.integrationNamed(name).fixed;
  }

  /**
   * What an integration, by name, has loaded whole: first what it found when it was created, with the layout that it honoured,
   * then every table whose layout was changed under it.
   */
  loads(name: string): readonly Load[] {
    return this.integrationNamed(name).loads;
  }

  private integrationNamed(name: string): Integration {
    const integration = this.integrations.everywhere().find((one) => one.name === name);
    if (integration === undefined) throw new Error(`there is no integration named ${name}`);
    return integration;
  }

  /** Everything that the Redshift Data API was asked to run, in order, with what became of it. */
  get sqlStatements(): readonly SqlStatement[] {
    return this.state.sqlStatements;
  }

  /** Names of the logged operations, as `service.operation`. */
  operations(): string[] {
    return this.log.map(({ service, operation }) => `${service}.${operation}`);
  }

  async handle(request: WireRequest): Promise<WireResponse> {
    const address = addressOf(request);
    const caller = this.callerOf(address);
    const { service, operation } = address;
    const { account, region, principal } = caller;
    const isInspector = inspectedAccount(address.accessKeyId) !== undefined;
    const call: FaultedCall = {
      service,
      operation,
      account,
      region,
      input: inputOf(request, address),
      ...(principal === undefined ? {} : { principal }),
    };
    let response: WireResponse;
    let failed: string | undefined;
    try {
      const serve = (): Promise<WireResponse> => this.serve(request, address, caller, call.input);
      response = await (isInspector ? serve() : this.faults.around(call, serve));
      if (response.status >= 400) failed = response.body.toString("utf8").slice(0, 500);
    } catch (error) {
      const known = error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500);
      failed = `${known.code}: ${known.message}`;
      response = errorResponse(known, address.protocol);
    }
    if (!isInspector) this.log.push({ ...call, ...(failed === undefined ? {} : { error: failed }) });
    return response;
  }

  private async serve(
    request: WireRequest,
    address: Addressed,
    caller: Caller,
    input: JsonObject,
  ): Promise<WireResponse> {
    if (address.service === "iam") await this.iam.note(caller, address.operation, input);
    if (caller.session !== undefined) await refuseBeyondRole(this.account, caller, address, input);
    return this.answer(request, address, caller);
  }

  private async answer(request: WireRequest, address: Addressed, caller: Caller): Promise<WireResponse> {
    const { service, operation } = address;
    if (service === "cloudcontrolapi") {
      return jsonResponse(await this.cloudControl.call(caller, operation, jsonOf(request)));
    }
    if (service === "glue" && this.glue.handles(operation)) {
      return jsonResponse(await this.glue.call(caller, operation, jsonOf(request)));
    }
    const route = this.router.find(address);
    if (route !== undefined) {
      const query = address.protocol === "query";
      const form = query ? formOf(request) : {};
      const output = await route.operation({
        caller,
        input: query ? queryInput(service, operation, form) : jsonOf(request),
        account: this.account,
        moto: this.backendClient(caller),
        form,
        path: route.path,
      });
      return query ? queryResponse(service, operation, form, output) : jsonResponse(output);
    }
    const passOn = (): Promise<WireResponse> => {
      const headers = { ...request.headers, ...accountHeader(caller.account) };
      return this.options.backend({ ...request, headers });
    };
    if (service === "lambda") {
      return this.lambda.answer({ caller, request, moto: this.backendClient(caller), passOn });
    }
    const response = await passOn();
    if (service === "sts" && operation === "AssumeRole") this.remember(request, response);
    return response;
  }

  private remember(request: WireRequest, response: WireResponse): void {
    const role = new URLSearchParams(request.body.toString("utf8")).get("RoleArn") ?? "";
    const key = /<AccessKeyId>([^<]+)</.exec(response.body.toString("utf8"))?.[1];
    if (key !== undefined && parseArn(role) !== undefined) this.sessions.set(key, { role });
  }

  private callerOf({ accessKeyId, region }: Addressed): Caller {
    const session = this.sessions.get(accessKeyId);
    const account =
      parseArn(session?.role ?? "")?.account ??
      this.options.accounts[accessKeyId] ??
      (inspectedAccount(accessKeyId) || Object.values(this.options.accounts)[0]);
    if (account === undefined) throw new Error("the emulator was given no account");
    if (session === undefined) return { account, region };
    const { role: principal, name } = session;
    return { account, region, principal, ...(name === undefined ? {} : { session: name }) };
  }

  private backendClient({ account, region }: Caller): AwsClient {
    return new AwsClient(this.options.backend, { region, headers: accountHeader(account) });
  }

  private newCloudControl(): CloudControl {
    return new CloudControl([
      new IntegrationType(this.integrations),
      new ResourcePropertyType(new ResourceProperties(this.state, this.account)),
      new CatalogType(new GlueCatalogs(this.state)),
      ...readOnlyTypes(this.state, this.account, (caller) => this.backendClient(caller)),
    ]);
  }

  private newRouter(): Router {
    const { state, integrations, redshiftIntegrations } = this;
    const statements = new Statements(state, new Warehouses(state), integrations, redshiftIntegrations);
    return new Router({
      ...MOTO_GAPS,
      ...this.metrics.operations,
      ...this.policies.operations,
      ...connectionOperations(state),
      ...catalogOperations(new GlueCatalogs(state)),
      ...clusterOperations(state, new Clusters(state)),
      ...namespacePolicyOperations(state),
      ...redshiftIntegrationOperations(redshiftIntegrations),
      ...redshiftTagOperations(redshiftIntegrations),
      ...serverlessOperations(state),
      ...statementOperations(statements),
      ...tableBucketOperations(state),
      ...odbOperations(state),
    });
  }
}

/** moto serves several accounts at once and takes the account from this header. */
function accountHeader(account: string): Record<string, string> {
  return { "x-moto-account-id": account };
}

function inputOf(request: WireRequest, { protocol }: Addressed): JsonObject {
  if (protocol === "json") return jsonOf(request);
  return protocol === "query" ? formOf(request) : {};
}
