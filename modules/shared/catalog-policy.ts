// The Glue catalog policy: one document per account and region.
import { GlueResourcePolicy } from "@cdktf/provider-aws/lib/glue-resource-policy";
import type { ITerraformDependable } from "cdktf";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { glueCatalogArn } from "../../lib/arn";
import type { Issue } from "../../lib/issues";
import { error } from "../../lib/issues";
import { letInArns } from "../../lib/policy/accounts";
import { inboundStatements } from "../../lib/policy/catalog";
import type { InboundSource } from "../../lib/policy/inbound";
import { markedStatements } from "../../lib/policy/own-statements";
import { POLICY_LIMITS, limitBeforeMarks } from "../../lib/policy/size";
import { PROTOCOL_VERSION } from "../../lib/operator/protocol";
import type { Statement } from "../../lib/policy/statement";
import { policyDocument, statementsOf } from "../../lib/policy/statement";
import { WITHOUT_OPERATOR } from "../../lib/rules/operator";
import type { Environment } from "../environment";
import { OperatorResource } from "../resources/operator-resource";
import { json } from "../tokens";
import { Contributions } from "./contributions";
import { findOrMake } from "./namespace";
import type { Needs } from "./needs";
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
  /** The same text for the same source, free of tokens. */
  readonly sourceKey: string;
}

/**
 * What one stack needs of the catalog policy of one environment; nothing is written before somebody needs it. How it is written
 * is up to the environment: merged into the account's document, as the whole document, or not at all.
 */
export class CatalogPolicy extends Construct {
  /** The owner in the environment's stack, made at the first call. */
  static of(environment: Environment): CatalogPolicy {
    const scope = environment.ownerScope;
    return findOrMake(scope, "GlueCatalogPolicy", (id) => new CatalogPolicy(scope, id, environment));
  }

  private readonly requests = new Contributions<InboundRequest>(this);
  private resource: ITerraformDependable | undefined;
  private fitted: Fit | undefined;

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
  }

  /** Authorises inbound integrations from a source into a target, and returns what to wait for or what somebody must write. */
  allow(requester: Construct, request: InboundRequest): Needs {
    if (this.environment.catalogPolicy === "external") return this.required(request);
    const isNew = this.requests.add(requester, `${request.targetKey} ${request.sourceKey}`, request);
    if (isNew) this.fitted = undefined;
    this.resource ??= this.create();
    return { requirements: [], dependencies: [this.resource] };
  }

  private create(): ITerraformDependable {
    const { environment } = this;
    const merges = environment.catalogPolicy === "merge";
    const registry = Registry.of(this);
    registry.addRule(() => this.sizeRules());
    registry.claim({
      document: "the Glue catalog policy",
      key: environment.key,
      owner: this,
      merges,
      remedy:
        "merge the statements (catalogPolicy: merge), or make the owner once in a base stack (CatalogPolicy.of) and pass it as catalogPolicy",
    });
    if (merges) {
      return new OperatorResource(this, "Resource", {
        environment,
        subject: "the statements of this stack in the Glue catalog policy",
        manages: { kind: "catalog-policy", lets: () => letInArns(this.fit.statements) },
        instead: WITHOUT_OPERATOR.catalogPolicy,
        input: (functionName) => ({
          version: PROTOCOL_VERSION,
          kind: "catalog-policy",
          statements: markedStatements(functionName, this.fit.statements),
        }),
      });
    }
    return new GlueResourcePolicy(this, "Resource", {
      ...environment.providerConfig,
      policy: Lazy.stringValue({ produce: () => json(policyDocument(this.fit.statements)) }),
    });
  }

  // Each integration tells its own statements, under Sids of their own: whoever writes them may leave one out.
  private required({ targetKey, resources, source, sourceKey }: InboundRequest): Needs {
    const statements = this.statementsFor(targetKey, resources, [source]);
    return {
      dependencies: [],
      requirements: [
        {
          document: "catalog policy",
          arn: glueCatalogArn(this.environment),
          applied: false,
          requirements: statementsOf(sourceKey, statements).map((statement) => ({
            statement,
            verified: true,
            source: "AWS Glue user guide, Providing a catalog Resource Based Access (RBAC) policy",
          })),
        },
      ],
    };
  }

  // CDKTF asks several times, and hundreds of requests take a while to merge.
  private get fit(): Fit {
    const { environment } = this;
    const { catalog } = POLICY_LIMITS;
    const limit = environment.catalogPolicy === "merge" ? limitBeforeMarks(catalog) : catalog;
    this.fitted ??= fit(this.statements, limit, environment);
    return this.fitted;
  }

  private get statements(): Statement[] {
    const byTarget = new Map<string, InboundRequest[]>();
    for (const request of this.requests.values) {
      const ofTarget = byTarget.get(request.targetKey) ?? [];
      ofTarget.push(request);
      byTarget.set(request.targetKey, ofTarget);
    }
    return [...byTarget].flatMap(([targetKey, requests]) =>
      this.statementsFor(
        targetKey,
        requests[0]?.resources ?? [],
        requests.map(({ source }) => source),
      ),
    );
  }

  private statementsFor(
    targetKey: string,
    resources: readonly string[],
    sources: readonly InboundSource[],
  ): Statement[] {
    const { deployerArn } = this.environment;
    const deployerArns = deployerArn === undefined ? [] : [deployerArn];
    return inboundStatements({ targetKey, resources, sources, deployerArns });
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
