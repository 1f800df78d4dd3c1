// The resource policy of a Redshift namespace: one document per namespace.
import { RedshiftResourcePolicy } from "@cdktf/provider-aws/lib/redshift-resource-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Json } from "../../lib/json";
import type { InboundSource } from "../../lib/policy/inbound";
import { namespaceStatements } from "../../lib/policy/redshift";
import { policyDocument } from "../../lib/policy/statement";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { json } from "../tokens";
import { Contributions } from "./contributions";
import { findOrMake, namespace } from "./namespace";
import { Registry } from "./registry";

/** Which namespace a policy belongs to. */
export interface NamespaceOwner {
  /** How the warehouse is named. */
  readonly kind: "cluster" | "workgroup" | "namespace";
  /** Free of tokens, different for different warehouses of one kind. */
  readonly name: string;
  readonly namespaceArn: string;
}

/**
 * Owner of the policy of one namespace; it writes the whole document, and only when somebody needs it. Provisioned and
 * serverless namespaces are both served by `aws_redshift_resource_policy`: what `aws_redshiftserverless_resource_policy` writes
 * authorises no integration.
 */
export class NamespacePolicy extends Construct {
  /** The owner of a namespace's policy in the environment's stack, made at the first call. */
  static of(environment: Environment, owner: NamespaceOwner): NamespacePolicy {
    const policies = namespace(environment.ownerScope, "RedshiftNamespacePolicy");
    const scope = namespace(policies, owner.kind);
    return findOrMake(scope, owner.name, (id) => new NamespacePolicy(scope, id, environment, owner));
  }

  private readonly sources = new Contributions<InboundSource>(this);
  private resource: RedshiftResourcePolicy | undefined;

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly owner: NamespaceOwner,
  ) {
    super(scope, id);
  }

  /** Authorises integrations from a source, and returns what to wait for. */
  allow(
    requester: Construct,
    source: InboundSource,
    after: readonly ITerraformDependable[],
  ): ITerraformDependable {
    const isNew = this.sources.add(requester, source.arn, source);
    if (this.resource === undefined) this.resource = this.create();
    else if (isNew) this.resource.policy = json(this.document);
    waitFor(this.resource, after);
    return this.resource;
  }

  private create(): RedshiftResourcePolicy {
    const { kind, name, namespaceArn } = this.owner;
    Registry.of(this).claim({
      document: `the resource policy of the Redshift ${kind} ${name}`,
      key: this.environment.key,
      owner: this,
      remedy: "put the integrations into one warehouse into one stack",
    });
    return new RedshiftResourcePolicy(this, "Resource", {
      ...this.environment.providerConfig,
      resourceArn: namespaceArn,
      policy: json(this.document),
    });
  }

  private get document(): Json {
    const { deployerArn } = this.environment;
    return policyDocument(
      namespaceStatements({
        namespaceArn: this.owner.namespaceArn,
        sources: this.sources.values,
        deployerArns: deployerArn === undefined ? [] : [deployerArn],
      }),
    );
  }
}
