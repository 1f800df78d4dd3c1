// The life of an integration: create, settle, modify, delete. Both the Glue API and Cloud Control go through here, so
// that neither can be more lenient than the other.
import { randomUUID } from "node:crypto";
import { type Account, arnOf } from "./account";
import { parseArn } from "./arns";
import { INSTANT, type Timing, Traffic, busy, finish, isOver, look } from "./life";
import { type Caller, principalOf } from "./operation";
import {
  refuseConfig,
  refuseCreate,
  refuseName,
  refusePair,
  sourceRule,
  targetRule,
} from "./rules/create-integration";
import { refuseKey } from "./rules/integration-key";
import { firstLoads } from "./table-properties";
import type {
  Integration,
  IntegrationConfig,
  IntegrationError,
  IntegrationStatus,
  Tag,
  ZeroEtlState,
} from "./state";
import { AwsError } from "./wire";

export interface NewIntegration {
  readonly name: string;
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly description?: string;
  readonly dataFilter?: string;
  readonly kmsKeyId?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  readonly config?: IntegrationConfig;
  readonly tags?: readonly Tag[];
}

export interface IntegrationChanges {
  readonly name?: string;
  readonly description?: string;
  readonly dataFilter?: string;
  readonly config?: IntegrationConfig;
}

export interface Condition {
  readonly status: IntegrationStatus;
  readonly errors: readonly IntegrationError[];
}

export class Integrations {
  constructor(
    private readonly state: ZeroEtlState,
    private readonly account: Account,
    private readonly timing: Timing = INSTANT,
    private readonly traffic: Traffic = new Traffic(),
  ) {}

  async create(caller: Caller, asked: NewIntegration): Promise<Integration> {
    const source = parseArn(asked.sourceArn);
    const target = parseArn(asked.targetArn);
    const rules = [
      { rule: sourceRule(source), arn: arnOf(asked.sourceArn) },
      { rule: targetRule(target), arn: arnOf(asked.targetArn) },
    ];
    refusePair(arnOf(asked.sourceArn), arnOf(asked.targetArn));
    const { tags = [], ...rest } = asked;
    const integration: Integration = {
      ...rest,
      tags,
      arn: `arn:${arnOf(asked.targetArn).partition}:glue:${caller.region}:${caller.account}:integration:${randomUUID()}`,
      account: caller.account,
      region: caller.region,
      createTime: Math.floor(Date.now() / 1000),
      loads: [],
    };
    refuseCreate(this.state, integration);
    refuseForeignSource(caller, integration);
    const leave = this.traffic.enter(integration.targetArn);
    try {
      for (const { rule, arn } of rules) {
        const side = { arn, account: this.account, state: this.state, integration };
        const refusal = await rule.refuse(side, caller);
        if (refusal !== undefined) throw refusal;
      }
      await refuseKey(this.account, integration.kmsKeyId);
      // The account was asked meanwhile: two calls with one name may have come this far together.
      refuseCreate(this.state, integration);
    } catch (error) {
      leave(0);
      throw error;
    }
    integration.busy = busy("CREATING", this.timing);
    leave(integration.busy.until);
    this.state.integrations.set(integration.arn, integration);
    integration.loads.push(...firstLoads(this.state, integration));
    return integration;
  }

  /** By ARN, or by name within the caller's account and region. */
  get(caller: Caller, identifier: string): Integration {
    const found =
      this.state.integrations.get(identifier) ??
      this.list(caller).find((integration) => integration.name === identifier);
    if (found === undefined)
      throw new AwsError("IntegrationNotFoundFault", `Integration ${identifier} not found.`);
    return found;
  }

  list(caller: Caller): Integration[] {
    return [...this.state.integrations.values()].filter(
      ({ account, region }) => account === caller.account && region === caller.region,
    );
  }

  /** Of every account and region: the target's account sees what others made. */
  everywhere(): Integration[] {
    return [...this.state.integrations.values()];
  }

  modify(caller: Caller, identifier: string, changes: IntegrationChanges): Integration {
    const integration = this.get(caller, identifier);
    this.refuseWhileBusy(integration);
    if (integration.fixed?.status === "FAILED") throw wrongState(integration, "FAILED");
    const { config } = changes;
    refuseConfig(config);
    if (config?.ContinuousSync !== undefined || config?.SourceProperties !== undefined) {
      throw new AwsError("ValidationException", "Only RefreshInterval of IntegrationConfig can be modified.");
    }
    if (config?.RefreshInterval !== undefined && /:redshift(-serverless)?:/.test(integration.targetArn)) {
      throw new AwsError(
        "ValidationException",
        "RefreshInterval cannot be modified for Amazon Redshift targets.",
      );
    }
    if (changes.dataFilter !== undefined && arnOf(integration.sourceArn).service === "dynamodb") {
      throw new AwsError("ValidationException", "DataFilter is not supported for DynamoDB sources.");
    }
    if (changes.name !== undefined) refuseName(this.state, { ...integration, name: changes.name });
    Object.assign(integration, changes);
    if (config !== undefined) integration.config = { ...integration.config, ...config };
    integration.busy = busy("MODIFYING", this.timing);
    return integration;
  }

  delete(caller: Caller, identifier: string): Integration {
    const integration = this.get(caller, identifier);
    if (integration.busy?.status !== "SYNCING") this.refuseWhileBusy(integration);
    const leave = this.traffic.enter(integration.targetArn);
    integration.busy = busy("DELETING", this.timing);
    leave(integration.busy.until);
    if (isOver(integration.busy)) this.state.integrations.delete(integration.arn);
    return integration;
  }

  setTags(integration: Integration, tags: readonly Tag[]): void {
    integration.tags = tags;
  }

  /** Looks at an integration, which is what lets time pass: undefined once a deletion is over. */
  async observe(integration: Integration): Promise<Condition | undefined> {
    const { busy: under } = integration;
    if (under !== undefined && look(under)) return { status: under.status, errors: [] };
    if (under?.status === "DELETING") {
      this.state.integrations.delete(integration.arn);
      return undefined;
    }
    delete integration.busy;
    return this.settled(integration);
  }

  /** Lets everything that is under way come to its end, as a handler that waits does. */
  async settle(integration: Integration): Promise<Condition | undefined> {
    if (integration.busy !== undefined) await finish(integration.busy);
    return this.observe(integration);
  }

  private async settled(integration: Integration): Promise<Condition> {
    if (integration.fixed !== undefined) return integration.fixed;
    const sides = [
      { rule: sourceRule(parseArn(integration.sourceArn)), arn: arnOf(integration.sourceArn) },
      { rule: targetRule(parseArn(integration.targetArn)), arn: arnOf(integration.targetArn) },
    ];
    const errors: IntegrationError[] = [];
    for (const { rule, arn } of sides) {
      errors.push(...(await rule.problems({ arn, account: this.account, state: this.state, integration })));
    }
    // The service keeps retrying, so the state heals by itself when the cause is mended.
    return errors.length === 0 ? { status: "ACTIVE", errors } : { status: "NEEDS_ATTENTION", errors };
  }

  private refuseWhileBusy(integration: Integration): void {
    if (integration.busy !== undefined && !isOver(integration.busy)) {
      throw wrongState(integration, integration.busy.status);
    }
  }
}

function wrongState({ arn }: Integration, status: IntegrationStatus): AwsError {
  return new AwsError("InvalidIntegrationStateFault", `Integration ${arn} is in state ${status}.`);
}

/** The integration is made in the account of its source. */
function refuseForeignSource(caller: Caller, { sourceArn }: Integration): void {
  if (arnOf(sourceArn).account === caller.account) return;
  throw new AwsError(
    "AccessDeniedException",
    `User: ${principalOf(caller)} is not authorized to perform: glue:CreateIntegration on resource: ${sourceArn}`,
  );
}
