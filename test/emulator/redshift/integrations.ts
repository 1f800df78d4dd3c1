// Integrations that Redshift's own API makes: from DynamoDB into a namespace. Other names, other states and another policy of
// the table than those of AWS Glue.
import { randomUUID } from "node:crypto";
import { type Account, arnOf } from "../account";
import { type Busy, INSTANT, type Timing, Traffic, busy, finish, isOver, look } from "../life";
import { type Caller, principalOf } from "../operation";
import { QUOTAS } from "../rules/create-integration";
import { redshiftKeyProblems } from "../rules/redshift-key";
import { redshiftTableProblems } from "../rules/redshift-table";
import { mayCreateInbound, warehouseProblems } from "../rules/redshift-target";
import type { IntegrationError, ZeroEtlState } from "../state";
import { AwsError } from "../wire";

export interface RedshiftTag {
  readonly Key: string;
  readonly Value: string;
}

export interface RedshiftIntegration {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly createTime: string;
  readonly kmsKeyId?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  name: string;
  description?: string;
  tags: readonly RedshiftTag[];
  busy?: Busy;
}

/** The members that the handled operations may carry; the shapes have been checked before anything is read. */
export interface Asked {
  readonly IntegrationArn?: string;
  readonly IntegrationName?: string;
  readonly SourceArn?: string;
  readonly TargetArn?: string;
  readonly Description?: string;
  readonly KMSKeyId?: string;
  readonly AdditionalEncryptionContext?: Readonly<Record<string, string>>;
  readonly TagList?: readonly RedshiftTag[];
  readonly Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[];
}

export class RedshiftIntegrations {
  constructor(
    private readonly state: ZeroEtlState,
    private readonly account: Account,
    private readonly timing: Timing = INSTANT,
    private readonly traffic: Traffic = new Traffic(),
  ) {}

  async create(caller: Caller, asked: Asked): Promise<RedshiftIntegration> {
    const { account, region } = caller;
    const integration: RedshiftIntegration = {
      arn: `arn:aws:redshift:${region}:${account}:integration:${randomUUID()}`,
      account,
      region,
      name: asked.IntegrationName ?? "",
      sourceArn: asked.SourceArn ?? "",
      targetArn: asked.TargetArn ?? "",
      createTime: new Date().toISOString(),
      tags: asked.TagList ?? [],
      ...(asked.Description === undefined ? {} : { description: asked.Description }),
      ...(asked.KMSKeyId === undefined ? {} : { kmsKeyId: asked.KMSKeyId }),
      ...(asked.AdditionalEncryptionContext === undefined
        ? {}
        : { encryptionContext: asked.AdditionalEncryptionContext }),
    };
    this.refuseOwn(integration);
    const leave = this.traffic.enter(integration.targetArn);
    try {
      await this.refuseSides(caller, integration);
      // The account was asked meanwhile: two calls with one name may have come this far together.
      this.refuseOwn(integration);
    } catch (error) {
      leave(0);
      throw error;
    }
    integration.busy = busy("CREATING", this.timing);
    leave(integration.busy.until);
    this.state.redshiftIntegrations.set(integration.arn, integration);
    return integration;
  }

  get({ account, region }: Caller, arn: string): RedshiftIntegration {
    const found = this.state.redshiftIntegrations.get(arn);
    if (found === undefined || found.account !== account || found.region !== region) {
      throw new AwsError("IntegrationNotFoundFault", `The integration ${arn} can't be found.`, 404);
    }
    return found;
  }

  modify(caller: Caller, arn: string, { IntegrationName, Description }: Asked): RedshiftIntegration {
    const integration = this.get(caller, arn);
    refuseWhileBusy(integration);
    if (IntegrationName !== undefined) {
      this.refuseName({ ...integration, name: IntegrationName });
      integration.name = IntegrationName;
    }
    if (Description !== undefined) integration.description = Description;
    integration.busy = busy("MODIFYING", this.timing);
    return integration;
  }

  delete(caller: Caller, arn: string): RedshiftIntegration {
    const integration = this.get(caller, arn);
    refuseWhileBusy(integration);
    const leave = this.traffic.enter(integration.targetArn);
    integration.busy = busy("DELETING", this.timing);
    leave(integration.busy.until);
    return integration;
  }

  list(caller: Caller): RedshiftIntegration[] {
    return [...this.state.redshiftIntegrations.values()].filter(
      ({ account, region }) => account === caller.account && region === caller.region,
    );
  }

  /** One look, which is what lets time pass: undefined once a deletion is over. */
  async observe(
    integration: RedshiftIntegration,
  ): Promise<{ status: string; errors: readonly IntegrationError[] } | undefined> {
    if (integration.busy !== undefined && look(integration.busy)) {
      return { status: integration.busy.status.toLowerCase(), errors: [] };
    }
    if (integration.busy?.status === "DELETING") {
      this.state.redshiftIntegrations.delete(integration.arn);
      return undefined;
    }
    delete integration.busy;
    const errors = [...(await this.sourceProblems(integration)), ...(await this.targetProblems(integration))];
    return { status: errors.length === 0 ? "active" : "needs_attention", errors };
  }

  /** Waits until whatever is under way is over. */
  async settle(integration: RedshiftIntegration): ReturnType<RedshiftIntegrations["observe"]> {
    if (integration.busy !== undefined) await finish(integration.busy);
    return this.observe(integration);
  }

  private refuseOwn(integration: RedshiftIntegration): void {
    if (integration.encryptionContext !== undefined && integration.kmsKeyId === undefined) {
      throw new AwsError(
        "InvalidParameterCombination",
        "AdditionalEncryptionContext can only be provided with KMSKeyId.",
      );
    }
    this.refuseName(integration);
    const others = [...this.state.redshiftIntegrations.values()];
    if (
      others.filter(({ targetArn }) => targetArn === integration.targetArn).length >= QUOTAS.perTarget ||
      others.filter(({ sourceArn }) => sourceArn === integration.sourceArn).length >= QUOTAS.perSource
    ) {
      throw new AwsError(
        "IntegrationQuotaExceededFault",
        "You can't create any more zero-ETL or S3 event integrations because the quota has been reached.",
      );
    }
  }

  private refuseName({ arn, account, region, name }: RedshiftIntegration): void {
    const taken = this.list({ account, region }).some((other) => other.arn !== arn && other.name === name);
    if (taken) {
      throw new AwsError(
        "IntegrationAlreadyExistsFault",
        `The integration you are trying to create already exists: ${name}.`,
      );
    }
  }

  private async refuseSides(caller: Caller, integration: RedshiftIntegration): Promise<void> {
    const { sourceArn, targetArn } = integration;
    const source = arnOf(sourceArn);
    if (source.account !== caller.account) {
      throw new AwsError(
        "AccessDenied",
        `User: ${principalOf(caller)} is not authorized to perform: redshift:CreateIntegration on resource: ${sourceArn}`,
        403,
      );
    }
    const [fromSource] = await this.sourceProblems(integration);
    if (fromSource !== undefined) throw refusalOf(fromSource);
    const namespace = await this.account.namespace(arnOf(targetArn));
    if (
      namespace !== undefined &&
      arnOf(targetArn).account !== caller.account &&
      !mayCreateInbound(namespace, caller, integration)
    ) {
      throw new AwsError(
        "AccessDenied",
        `User: ${principalOf(caller)} is not authorized to perform: redshift:CreateInboundIntegration on resource: ${targetArn}`,
        403,
      );
    }
    const [atTarget] = await this.targetProblems(integration);
    if (atTarget !== undefined) throw refusalOf(atTarget);
  }

  private async sourceProblems(integration: RedshiftIntegration): Promise<IntegrationError[]> {
    return [
      ...(await redshiftTableProblems(this.account, integration)),
      ...(await redshiftKeyProblems(this.account, integration)),
    ];
  }

  private async targetProblems({ sourceArn, targetArn }: RedshiftIntegration): Promise<IntegrationError[]> {
    return warehouseProblems(await this.account.namespace(arnOf(targetArn)), { sourceArn, targetArn });
  }
}

/** The documented faults of CreateIntegration; what has none of its own is an operation that isn't supported. */
const FAULTS: Readonly<Record<string, readonly [code: string, status: number]>> = {
  SOURCE_NOT_FOUND: ["IntegrationSourceNotFoundFault", 404],
  TARGET_NOT_FOUND: ["IntegrationTargetNotFoundFault", 404],
  TARGET_NOT_AVAILABLE: ["InvalidClusterState", 400],
  SOURCE_ACCESS_DENIED: ["UnauthorizedOperation", 400],
  KMS_KEY_ACCESS_DENIED: ["UnauthorizedOperation", 400],
  TARGET_AUTHORIZATION_FAILED: ["UnauthorizedOperation", 400],
};

function refusalOf({ ErrorCode, ErrorMessage }: IntegrationError): AwsError {
  const [code, status] = FAULTS[ErrorCode] ?? ["UnsupportedOperation", 400];
  return new AwsError(code, ErrorMessage, status);
}

function refuseWhileBusy({ arn, busy: under }: RedshiftIntegration): void {
  if (under !== undefined && !isOver(under)) {
    throw new AwsError(
      "IntegrationConflictStateFault",
      `The integration ${arn} is in state ${under.status.toLowerCase()} and can't perform the requested operation.`,
    );
  }
}
