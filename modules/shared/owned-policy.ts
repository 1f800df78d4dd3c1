// The policy of something that the app itself makes: one document, which belongs to its owner as a whole.
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Lazy, TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { Construct } from "constructs";
import type { Issue, IssuePath } from "../../lib/issues";
import { error } from "../../lib/issues";
import type { DocumentLimit } from "../../lib/policy/size";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { report } from "../report";
import { json } from "../tokens";
import { Contributions } from "./contributions";
import type { Excess, Fit } from "./oversize";
import { fit } from "./oversize";
import { Registry } from "./registry";

/** Something of the same app that a policy belongs to. */
export interface PolicyHolder extends ITerraformDependable, IConstruct {
  readonly arn: string;
  /** The policy in the resource itself, which must have none: two writers of one document overwrite each other. */
  readonly policyInput: string | undefined;
}

/** What tells the policies of keys and of secrets apart. */
export interface OwnedPolicyOptions {
  readonly holder: PolicyHolder;
  /** What the holder is, in words: `the KMS key`. */
  readonly noun: string;
  readonly environment: Environment;
  /** Statements of the document whoever else contributes. */
  readonly base: readonly IdentifiedStatement[];
  /** Whether the document is written before anybody contributes. */
  readonly always: boolean;
  readonly limit: DocumentLimit;
  /** Makes the Terraform resource that writes the policy. */
  readonly make: (scope: Construct, policy: string) => TerraformResource;
  /** What to say of a document that is too large. */
  readonly tooLarge: (path: IssuePath, subject: string, excess: Excess) => Issue;
}

/** Owner of the whole policy of one key or secret of the app. */
export abstract class OwnedPolicy extends Construct {
  private readonly statements = new Contributions<IdentifiedStatement>(this);
  private readonly subject: string;
  private resource: TerraformResource | undefined;
  private fitted: Fit | undefined;

  protected constructor(
    scope: Construct,
    id: string,
    private readonly options: OwnedPolicyOptions,
  ) {
    super(scope, id);
    const { holder, noun, base, always } = options;
    this.subject = `the policy of ${noun} ${holder.node.path}`;
    report(this, this.secondWriterRules([]));
    for (const statement of base) this.statements.add(this, statement.Sid, statement);
    if (always) this.resource = this.create();
  }

  /**
   * Adds statements, once per Sid, and returns what to wait for; `after` is what makes their principals, because AWS refuses a
   * principal that does not exist. Throws `ZeroEtlError` where a Sid has another statement already.
   */
  allow(
    requester: Construct,
    statements: readonly IdentifiedStatement[],
    after: readonly ITerraformDependable[] = [],
  ): ITerraformDependable {
    report(this, this.laterPrincipalRules(after));
    for (const statement of statements) {
      if (this.statements.add(requester, statement.Sid, statement)) this.fitted = undefined;
    }
    this.resource ??= this.create();
    waitFor(this.resource, after);
    return this.resource;
  }

  private create(): TerraformResource {
    const { environment, make } = this.options;
    const registry = Registry.of(this);
    registry.claim({
      document: this.subject,
      key: environment.key,
      owner: this,
      remedy: "make one owner, and pass it to everything that uses what the policy belongs to",
    });
    const path = [this.node.path];
    registry.addRule(() => [...this.secondWriterRules(path), ...this.sizeRules(path)]);
    const produce = (): string => json(policyDocument(this.fit.statements));
    return make(this, Lazy.stringValue({ produce }));
  }

  // CDKTF asks several times, and hundreds of statements take a while to merge.
  private get fit(): Fit {
    const { limit, environment } = this.options;
    this.fitted ??= fit(this.statements.values, limit, environment);
    return this.fitted;
  }

  private sizeRules(path: IssuePath): Issue[] {
    const { excess } = this.fit;
    return excess === undefined ? [] : [this.options.tooLarge(path, this.subject, excess)];
  }

  private secondWriterRules(path: IssuePath): Issue[] {
    const { holder } = this.options;
    if (holder.policyInput === undefined) return [];
    const conflict = `${this.subject} would be written by two owners, and the second overwrites the first`;
    return [
      error("document-has-two-owners", path, conflict, {
        got: `${holder.node.path} and ${this.node.path}`,
        expected: "one owner",
        remedy: `remove policy of ${holder.node.path}, and give its statements to ${this.node.path}`,
      }),
    ];
  }

  // What is allowed waits for this policy, and this policy for the principal: across stacks each would come before the other.
  private laterPrincipalRules(after: readonly ITerraformDependable[]): Issue[] {
    const stack = TerraformStack.of(this);
    const elsewhere = after
      .filter(TerraformElement.isTerraformElement)
      .find((element) => TerraformStack.of(element) !== stack);
    if (elsewhere === undefined) return [];
    const other = TerraformStack.of(elsewhere).node.path;
    return [
      error("principal-of-another-stack", [], `${this.subject} names a principal that another stack makes`, {
        got: elsewhere.node.path,
        expected: `a principal of the stack ${stack.node.path}, or one that exists`,
        remedy: `make the owner of the policy in the stack ${other}, or pass none there: the statements are then returned`,
      }),
    ];
  }
}
