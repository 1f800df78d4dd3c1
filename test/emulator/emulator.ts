// One account on this machine: the zero-ETL operations and Cloud Control here, everything else at the backend.
import { AwsClient, inspectedAccount } from "./client";
import { type Account, MotoAccount } from "./account";
import { parseArn } from "./arns";
import { CloudControl } from "./cloud-control";
import { GlueApi } from "./glue-api";
import { type Caller, Integrations, type Timing } from "./integrations";
import { MOTO_GAPS } from "./moto-gaps";
import { ResourceProperties } from "./resource-properties";
import { DatabaseType, IntegrationType, ResourcePropertyType } from "./resource-types";
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
}

interface Fault {
  readonly operation: string;
  readonly error: AwsError;
  times: number;
}

export class Emulator {
  readonly state = new ZeroEtlState();
  readonly timing: Timing = { settleReads: 1 };
  readonly log: LoggedCall[] = [];
  readonly integrations: Integrations;
  readonly account: Account;
  private readonly glue: GlueApi;
  private cloudControl: CloudControl;
  private faults: Fault[] = [];
  /** Temporary access keys and the accounts of the roles behind them. */
  private readonly assumed = new Map<string, string>();

  constructor(private readonly options: EmulatorOptions) {
    this.account =
      options.account ?? new MotoAccount((account, region) => this.backendClient({ account, region }));
    this.integrations = new Integrations(this.state, this.account, this.timing);
    this.glue = new GlueApi(this.integrations, new ResourceProperties(this.state, this.account));
    this.cloudControl = this.newCloudControl();
  }

  /** An empty account: the backend is reset by whoever started it. */
  reset(): void {
    this.state.clear();
    this.log.length = 0;
    this.faults = [];
    this.timing.settleReads = 1;
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

  /** Names of the logged operations, as `service.operation`. */
  operations(): string[] {
    return this.log.map(({ service, operation }) => `${service}.${operation}`);
  }

  async handle(request: WireRequest): Promise<WireResponse> {
    const address = addressOf(request);
    const caller: Caller = { account: this.accountOf(address.accessKeyId), region: address.region };
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
        ...caller,
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
    const gap = MOTO_GAPS[`${service}.${operation}`];
    if (gap !== undefined) {
      const context = {
        caller,
        input: jsonOf(request),
        account: this.account,
        moto: this.backendClient(caller),
      };
      return jsonResponse(await gap(context));
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
    const account = parseArn(role)?.account;
    if (key !== undefined && account !== undefined) this.assumed.set(key, account);
  }

  private accountOf(accessKeyId: string): string {
    const account =
      this.assumed.get(accessKeyId) ??
      this.options.accounts[accessKeyId] ??
      (inspectedAccount(accessKeyId) || Object.values(this.options.accounts)[0]);
    if (account === undefined) throw new Error("the emulator was given no account");
    return account;
  }

  private backendClient({ account, region }: Caller): AwsClient {
    return new AwsClient(this.options.backend, { region, headers: accountHeader(account) });
  }

  private newCloudControl(): CloudControl {
    return new CloudControl([
      new IntegrationType(this.integrations),
      new ResourcePropertyType(new ResourceProperties(this.state, this.account)),
      new DatabaseType(this.account),
    ]);
  }
}

/** moto serves several accounts at once and takes the account from this header. */
function accountHeader(account: string): Record<string, string> {
  return { "x-moto-account-id": account };
}

function inputOf(request: WireRequest, { protocol }: Addressed): JsonObject {
  if (protocol === "json") return jsonOf(request);
  return protocol === "query" ? Object.fromEntries(new URLSearchParams(request.body.toString("utf8"))) : {};
}
