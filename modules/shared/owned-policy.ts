// The policy of something that the app itself makes: one document, which belongs to its owner as a whole.
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Annotations, TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { Construct } from "constructs";
import type { Issue, IssueDetails } from "../../lib/issues";
import { error, formatIssue } from "../../lib/issues";
import type { Json } from "../../lib/json";
import type { DocumentLimit } from "../../lib/policy/size";
import { fitStatements } from "../../lib/policy/size";
import type { IdentifiedStatement } from "../../lib/policy/statement";
import { policyDocument } from "../../lib/policy/statement";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { report } from "../report";
import { isUnresolved, json } from "../tokens";
import { Contributions } from "./contributions";
import { oversize } from "./oversize";
import { Registry } from "./registry";

/** Something of the same app that a policy belongs to. */
export interface PolicyHolder extends ITerraformDependable, IConstruct {
  readonly arn: string;
  /** The policy in the resource itself, which must have none: two writers of one document overwrite each other. */
  readonly policyInput: string | undefined;
}

/** A Terraform resource that writes a policy and nothing else. */
export type PolicyResource = TerraformResource & { policy: string };

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
  readonly make: (scope: Construct, policy: string) => PolicyResource;
  /** What to say of a document that is too large. */
  readonly tooLarge: (subject: string, sizes: Pick<IssueDetails, "got" | "expected">) => Issue;
}

/** Owner of the whole policy of one key or secret of the app. */
export abstract class OwnedPolicy extends Construct {
  private readonly statements = new Contributions<IdentifiedStatement>(this);
  private readonly subject: string;
  private resource: PolicyResource | undefined;

  protected constructor(
    scope: Construct,
    id: string,
    private readonly options: OwnedPolicyOptions,
  ) {
    super(scope, id);
    const { holder, noun, base, always } = options;
    this.subject = `the policy of ${noun} ${holder.node.path}`;
    if (holder.policyInput !== undefined) report(this, [this.secondWriter(holder)]);
    for (const statement of base) this.statements.add(this, statement.Sid, statement);
    if (always) this.resource = this.create();
    this.node.addValidation({ validate: () => this.checkSize() });
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
    const added = statements.filter((statement) => this.statements.add(requester, statement.Sid, statement));
    if (this.resource === undefined) this.resource = this.create();
    // Not a lazy value: that is a token, which CDKTF resolves at every pass.
    else if (added.length > 0) this.resource.policy = json(this.document);
    waitFor(this.resource, after);
    return this.resource;
  }

  private create(): PolicyResource {
    const { environment, make } = this.options;
    Registry.of(this).claim({
      document: this.subject,
      key: environment.key,
      owner: this,
      remedy: "make one owner, and pass it to everything that uses what the policy belongs to",
    });
    return make(this, json(this.document));
  }

  private get document(): Json {
    const { values } = this.statements;
    // The size of what only Terraform knows is not known here.
    return policyDocument(
      isUnresolved(values) ? values : fitStatements(values, this.options.limit).statements,
    );
  }

  private checkSize(): string[] {
    const { limit, tooLarge } = this.options;
    const sizes = this.resource && oversize(this.document, limit);
    if (sizes === undefined) return [];
    const issue = tooLarge(this.subject, sizes);
    const text = formatIssue(issue, this.node.path);
    if (issue.severity === "error") return [text];
    Annotations.of(this).addWarning(text);
    return [];
  }

  private secondWriter(holder: PolicyHolder): Issue {
    const conflict = `${this.subject} would be written by two owners, and the second overwrites the first`;
    return error("document-has-two-owners", [], conflict, {
      got: `${holder.node.path} and ${this.node.path}`,
      expected: "one owner",
      remedy: `remove policy of ${holder.node.path}, and give its statements to ${this.node.path}`,
    });
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
