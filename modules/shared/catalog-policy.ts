// The Glue catalog policy: one document per account and region.
import { GlueResourcePolicy } from "@cdktf/provider-aws/lib/glue-resource-policy";
import type { ITerraformDependable } from "cdktf";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { Issue } from "../../lib/issues";
import { error } from "../../lib/issues";
import { inboundStatements } from "../../lib/policy/catalog";
import type { InboundSource } from "../../lib/policy/inbound";
import { POLICY_LIMITS } from "../../lib/policy/size";
import type { Statement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import type { Environment } from "../environment";
import { json } from "../tokens";
import { Contributions } from "./contributions";
import { findOrMake } from "./namespace";
import type { Fit } from "./oversize";
import { fit } from "./oversize";
import { Registry } from "./registry";

/** Asks that one source may send data into one target of the catalog. */
export interface InboundRequest {
  /** What the target is within the catalog, free of tokens. */
  readonly targetKey: string;
  /** ARNs of the catalog and of the target in it. */
  readonly resources: readonly string[];
  readonly source: InboundSource;
}

/** Owner of the catalog policy of one environment; it writes the whole document, and only when somebody needs it. */
export class CatalogPolicy extends Construct {
  /** The owner in the environment's stack, made at the first call. */
  static of(environment: Environment): CatalogPolicy {
    const scope = environment.ownerScope;
    return findOrMake(scope, "GlueCatalogPolicy", (id) => new CatalogPolicy(scope, id, environment));
  }

  private readonly requests = new Contributions<InboundRequest>(this);
  private resource: GlueResourcePolicy | undefined;
  private fitted: Fit | undefined;

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
  }

  /** Authorises inbound integrations from a source into a target, and returns what to wait for. */
  allow(requester: Construct, request: InboundRequest): ITerraformDependable {
    const isNew = this.requests.add(requester, `${request.targetKey} ${request.source.arn}`, request);
    if (isNew) this.fitted = undefined;
    this.resource ??= this.create();
    return this.resource;
  }

  private create(): GlueResourcePolicy {
    const registry = Registry.of(this);
    registry.claim({
      document: "the Glue catalog policy",
      key: this.environment.key,
      owner: this,
      remedy:
        "put the integrations into one stack, or make the owner once in a base stack (CatalogPolicy.of) and pass it as catalogPolicy",
    });
    registry.addRule(() => this.sizeRules());
    return new GlueResourcePolicy(this, "Resource", {
      ...this.environment.providerConfig,
      policy: Lazy.stringValue({ produce: () => json(policyDocument(this.fit.statements)) }),
    });
  }

  // CDKTF asks several times, and hundreds of requests take a while to merge.
  private get fit(): Fit {
    this.fitted ??= fit(this.statements, POLICY_LIMITS.catalog, this.environment);
    return this.fitted;
  }

  private get statements(): Statement[] {
    const byTarget = new Map<string, InboundRequest[]>();
    for (const request of this.requests.values) {
      const ofTarget = byTarget.get(request.targetKey) ?? [];
      ofTarget.push(request);
      byTarget.set(request.targetKey, ofTarget);
    }
    const { deployerArn } = this.environment;
    return [...byTarget].flatMap(([targetKey, requests]) =>
      inboundStatements({
        targetKey,
        resources: requests[0]?.resources ?? [],
        sources: requests.map(({ source }) => source),
        deployerArns: deployerArn === undefined ? [] : [deployerArn],
      }),
    );
  }

  private sizeRules(): Issue[] {
    const { excess } = this.fit;
    if (excess === undefined) return [];
    return [
      error(
        "catalog-policy-size",
        [this.node.path],
        "the Glue catalog policy is too large, even with its statements merged",
        {
          ...excess,
          remedy: "write into fewer targets, or spread the integrations over several accounts or regions",
        },
      ),
    ];
  }
}
