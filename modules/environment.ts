// Where things live: account, region and partition of one AWS provider.
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider } from "cdktf";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { AwsAddress } from "../lib/arn";
import { accountRootArn } from "../lib/arn";
import { partitionOf } from "../lib/facts/regions";
import type { ForeignAccount } from "../lib/policy/inbound";
import { environmentRules } from "../lib/rules/environment";
import { WITHOUT_OPERATOR, needsOperator } from "../lib/rules/operator";
import type { PolicyMode } from "../lib/spec/types";
import { literalRules, report } from "./report";
import { namespace } from "./shared/namespace";
import { literal, literals } from "./tokens";

/** Versions of hashicorp/aws that the written stacks ask for, unless told otherwise. */
export const DEFAULT_PROVIDER_VERSION = ">= 6.0, < 7.0";

/** What is known of an account and region before anything is asked. */
export interface EnvironmentAddress {
  /** @default the provider's region, by a data source */
  readonly region?: string;
  /** Account id, 12 digits. @default the caller's account, by a data source */
  readonly account?: string;
  /** ARN of the role or user that creates integrations into targets of this environment. @default nobody is named */
  readonly deployerArn?: string;
  /** Put on everything that takes tags. @default no tags */
  readonly tags?: Readonly<Record<string, string>>;
  /** Who writes the Glue catalog policy. @default "merge": only the statements of this stack are added and removed */
  readonly catalogPolicy?: PolicyMode;
  /** Whether the operator may be used where something needs it. @default true */
  readonly operator?: boolean;
  /** Whether every plan compares what the operator manages with the account, and warns of differences. @default false */
  readonly driftChecks?: boolean;
}

/** An environment with a provider block of its own. */
export interface EnvironmentProps extends EnvironmentAddress {
  readonly region: string;
  /** Name of a profile in the shared AWS configuration. @default the standard credential chain */
  readonly profile?: string;
  /** ARN of a role that the provider assumes. @default none */
  readonly assumeRoleArn?: string;
  /** Version constraint of hashicorp/aws. @default DEFAULT_PROVIDER_VERSION */
  readonly providerVersion?: string;
  /** Alias of the provider. @default none: it is the provider of everything that names no other */
  readonly alias?: string;
}

// Asked for by every source, target and integration: a search among the children of a stack with a thousand outputs takes longer
// each time.
const defaults = new WeakMap<TerraformStack, Environment>();

/** Account, region and partition of one provider, as literals where they are known and as data sources where not. */
export class Environment extends Construct implements AwsAddress {
  /** The environment of the provider without alias in the scope's stack: declared, or made from what the provider knows. */
  static of(scope: Construct): Environment {
    const stack = TerraformStack.of(scope);
    return defaults.get(stack) ?? new Environment(stack, "Environment", {}, stack.node.path);
  }

  /** An environment with a provider block of its own; throws `ZeroEtlError`. */
  static withProvider(scope: Construct, id: string, props: EnvironmentProps): Environment {
    const { region, account, profile, assumeRoleArn, alias } = props;
    const provider = new AwsProvider(namespace(scope, "Provider"), id, {
      region,
      ...(alias !== undefined && { alias }),
      ...(account !== undefined && { allowedAccountIds: [account] }),
      ...(profile !== undefined && { profile }),
      ...(assumeRoleArn !== undefined && { assumeRole: [{ roleArn: assumeRoleArn }] }),
    });
    // The bindings pin the exact version that they were made from; users run the whole major version.
    TerraformStack.of(scope).addOverride("terraform.required_providers.aws", {
      source: "hashicorp/aws",
      version: props.providerVersion ?? DEFAULT_PROVIDER_VERSION,
    });
    // Equal credentials in an equal region are one account, even where nobody has written its number down.
    const credentials = [region, profile, assumeRoleArn].join("/");
    const environment = new Environment(
      scope,
      id,
      props,
      credentials,
      alias === undefined ? undefined : provider,
    );
    report(environment, environmentRules(literals({ assumeRoleArn })));
    return environment;
  }

  /** An environment of a provider that the user made, with an alias where it is not the stack's default. */
  static fromProvider(
    scope: Construct,
    id: string,
    provider: TerraformProvider,
    address: EnvironmentAddress = {},
  ): Environment {
    const aliased = provider.alias === undefined ? undefined : provider;
    return new Environment(scope, id, address, provider.node.path, aliased);
  }

  readonly deployerArn: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly catalogPolicy: PolicyMode;
  readonly operator: boolean;
  readonly driftChecks: boolean;
  /** Account id, a literal or a token. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Free of tokens; two environments with one key are the same account and region. */
  readonly key: string;

  private constructor(
    scope: Construct,
    id: string,
    address: EnvironmentAddress,
    credentials: string,
    /** The provider to hand to resources; `undefined` for the stack's default. */
    readonly provider?: TerraformProvider,
  ) {
    super(scope, id);
    const { region, account, deployerArn, tags } = address;
    const stack = TerraformStack.of(this);
    if (provider === undefined && scope === stack && !defaults.has(stack)) defaults.set(stack, this);
    report(this, environmentRules(literals({ region, account, deployerArn })));
    const knownRegion = literal(region);
    const knownAccount = literal(account);
    this.account = account ?? new DataAwsCallerIdentity(this, "Account", this.providerConfig).accountId;
    // `id` is the region's name under every major version of the provider; `name` and `region` are not.
    this.region = region ?? new DataAwsRegion(this, "Region", this.providerConfig).id;
    this.partition =
      knownRegion === undefined
        ? new DataAwsPartition(this, "Partition", this.providerConfig).partition
        : partitionOf(knownRegion);
    this.key =
      knownRegion !== undefined && knownAccount !== undefined
        ? `${knownAccount}/${knownRegion}`
        : credentials;
    this.deployerArn = deployerArn;
    this.tags = { ...tags };
    this.catalogPolicy = address.catalogPolicy ?? "merge";
    this.operator = address.operator ?? true;
    this.driftChecks = address.driftChecks ?? false;
    if (this.driftChecks && !this.operator) {
      report(this, [needsOperator(["driftChecks"], "drift checks", WITHOUT_OPERATOR.driftChecks)]);
    }
  }

  /** Where the constructs live that own documents of this account and region. */
  get ownerScope(): Construct {
    return this.provider === undefined ? TerraformStack.of(this) : this;
  }

  /**
   * The account as another environment sees it, where it is another account: both must be written out then, or nobody can tell;
   * throws `ZeroEtlError`.
   */
  foreignTo(other: Environment): ForeignAccount | undefined {
    if (this.key === other.key) return undefined;
    report(this, literalRules({ account: this.account }));
    report(other, literalRules({ account: other.account }));
    return this.account === other.account ? undefined : { key: this.account, rootArn: accountRootArn(this) };
  }

  /** The `provider` argument of resources of this environment. */
  get providerConfig(): { readonly provider?: TerraformProvider } {
    return this.provider === undefined ? {} : { provider: this.provider };
  }

  /** The `tags` argument of resources of this environment. */
  get tagsConfig(): { readonly tags?: Record<string, string> } {
    return Object.keys(this.tags).length === 0 ? {} : { tags: { ...this.tags } };
  }
}
