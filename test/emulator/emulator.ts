// AWS accounts on this machine: what zero-ETL needs and moto lacks is answered here, everything else by the backend.
//
// Tests start it with `startEmulator` (server.ts), make what has to exist with `Seeding` (seeding.ts), look at what is there
// with `Inspection` (inspection.ts), and steer it through the public members of `Emulator`:
// `failNext` and `setStatus` for mishaps, `timing` and `traffic` for how long things take and how many happen at once,
// `log` and `sqlStatements` for what was asked of it. What AWS refuses is in rules/, a file for each kind of source and target.
import type { Account } from "./account";
import { parseArn } from "./arns";
import { AwsClient, inspectedAccount } from "./client";
import { CloudControl } from "./cloud-control";
import { GlueApi } from "./glue-api";
import { CatalogType } from "./glue/catalog-type";
import { GlueCatalogs, catalogOperations } from "./glue/catalogs";
import { connectionOperations } from "./glue/connections";
import { Integrations } from "./integrations";
import { INSTANT, type Timing, Traffic } from "./life";
import { MotoAccount } from "./moto-account";
import { MOTO_GAPS } from "./moto-gaps";
import { odbOperations } from "./odb";
import type { Caller } from "./operation";
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
import { type IntegrationError, type IntegrationStatus, ZeroEtlState } from "./state";
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

interface Fault {
  readonly operation: string;
  readonly error: AwsError;
  times: number;
}

export class Emulator {
  readonly state = new ZeroEtlState();
  readonly timing: Timing;
  /** How many integrations of one target are created or deleted at once; its limit can be lifted. */
  readonly traffic = new Traffic();
  readonly log: LoggedCall[] = [];
  /** Those of the Glue API. */
  readonly integrations: Integrations;
  readonly redshiftIntegrations: RedshiftIntegrations;
  readonly account: Account;
  private readonly glue: GlueApi;
  private readonly router: Router;
  private cloudControl: CloudControl;
  private faults: Fault[] = [];
  /** Temporary access keys and the roles behind them. */
  private readonly assumed = new Map<string, string>();

  constructor(private readonly options: EmulatorOptions) {
    this.timing = { ...INSTANT, changeMillis: options.changeMillis ?? INSTANT.changeMillis };
    this.account =
      options.account ??
      new MotoAccount((account, region) => this.backendClient({ account, region }), this.state);
    this.integrations = new Integrations(this.state, this.account, this.timing, this.traffic);
    this.redshiftIntegrations = new RedshiftIntegrations(this.state, this.account, this.timing, this.traffic);
    this.glue = new GlueApi(this.integrations, new ResourceProperties(this.state, this.account));
    this.router = this.newRouter();
    this.cloudControl = this.newCloudControl();
  }

  /** An empty account: the backend is reset by whoever started it. */
  reset(): void {
    this.state.clear();
    this.log.length = 0;
    this.faults = [];
    this.timing.settleReads = INSTANT.settleReads;
    this.timing.changeMillis = this.options.changeMillis ?? INSTANT.changeMillis;
    this.traffic.clear();
    this.cloudControl = this.newCloudControl();
  }

  /** Makes the next calls of an operation fail, for instance `CreateIntegration` or `iam.CreateRole`. */
  failNext(operation: string, error: AwsError, times = 1): void {
    this.faults.push({ operation, error, times });
  }

  /** Fixes the status of an integration, by name, whatever its account looks like. */
  setStatus(name: string, status: IntegrationStatus, errors: readonly IntegrationError[] = []): void {
    const integration = this.integrations.everywhere().find((one) => one.name === name);
    if (integration === undefined) throw new Error(`there is no integration named ${name}`);
    integration.fixed = { status, errors };
  }

  /** Lets the status follow from the account again. */
  freeStatus(name: string): void {
    delete this.integrations.everywhere().find((one) => one.name === name)?.fixed;
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
    let response: WireResponse;
    let failed: string | undefined;
    try {
      this.throwFault(address);
      response = await this.answer(request, address, caller);
      if (response.status >= 400) failed = response.body.toString("utf8").slice(0, 500);
    } catch (error) {
      const known = error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500);
      failed = `${known.code}: ${known.message}`;
      response = errorResponse(known, address.protocol);
    }
    if (inspectedAccount(address.accessKeyId) === undefined) {
      this.log.push({
        service: address.service,
        operation: address.operation,
        account: caller.account,
        region: caller.region,
        input: inputOf(request, address),
        ...(failed === undefined ? {} : { error: failed }),
      });
    }
    return response;
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
    const headers = { ...request.headers, ...accountHeader(caller.account) };
    const response = await this.options.backend({ ...request, headers });
    if (service === "sts" && operation === "AssumeRole") this.remember(request, response);
    return response;
  }

  private throwFault({ service, operation }: Addressed): void {
    const fault = this.faults.find(
      (one) => one.times > 0 && (one.operation === operation || one.operation === `${service}.${operation}`),
    );
    if (fault === undefined) return;
    fault.times -= 1;
    throw fault.error;
  }

  private remember(request: WireRequest, response: WireResponse): void {
    const role = new URLSearchParams(request.body.toString("utf8")).get("RoleArn") ?? "";
    const key = /<AccessKeyId>([^<]+)</.exec(response.body.toString("utf8"))?.[1];
    if (key !== undefined && parseArn(role) !== undefined) this.assumed.set(key, role);
  }

  private callerOf({ accessKeyId, region }: Addressed): Caller {
    const role = this.assumed.get(accessKeyId);
    const account =
      parseArn(role ?? "")?.account ??
      this.options.accounts[accessKeyId] ??
      (inspectedAccount(accessKeyId) || Object.values(this.options.accounts)[0]);
    if (account === undefined) throw new Error("the emulator was given no account");
    return { account, region, ...(role === undefined ? {} : { principal: role }) };
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
