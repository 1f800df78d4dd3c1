// What a stack owns and replicates, so that collisions are found over the whole app before any stack is written.
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Issue } from "../../lib/issues";
import { error, errorsOf, formatIssue } from "../../lib/issues";
import type { FleetMember } from "../../lib/rules/fleet";
import { fleetRules } from "../../lib/rules/fleet";
import { annotate } from "../report";
import { findOrMake } from "./namespace";

/** A document that exists once in AWS, and the construct that writes it. */
export interface Claim {
  /** What it is, in words: `the Glue catalog policy`. */
  readonly document: string;
  /** Which one: the same for the same document in AWS. */
  readonly key: string;
  readonly owner: Construct;
  /** What to do when a second owner turns up. */
  readonly remedy: string;
}

/** The integrations and shared documents of one stack. */
export class Registry extends Construct {
  static of(scope: Construct): Registry {
    const stack = TerraformStack.of(scope);
    return findOrMake(stack, "Registry", (id) => new Registry(stack, id));
  }

  private readonly claims: Claim[] = [];
  private readonly rules: (() => readonly Issue[])[] = [];
  private readonly integrations: FleetMember[] = [];

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    // CDKTF validates and writes stack by stack: the first stack answers for all, or a later error leaves half an output.
    this.node.addValidation({ validate: () => this.validateApp() });
  }

  /** Announces the owner of a document; a second owner, in any stack of the app, is an error at synth. */
  claim(claim: Claim): void {
    this.claims.push(claim);
  }

  /** Announces what can be judged only once everything is there; a path of an issue begins with that of the construct. */
  addRule(rule: () => readonly Issue[]): void {
    this.rules.push(rule);
  }

  /** Announces an integration; duplicates and quotas are checked at synth, over the whole app. */
  addIntegration(member: FleetMember): void {
    this.integrations.push(member);
  }

  private validateApp(): string[] {
    const registries = this.node.root.node
      .findAll()
      .filter((node): node is Registry => node instanceof Registry);
    const issues = [
      ...doubleClaims(registries.flatMap((registry) => registry.claims)),
      ...fleetRules(registries.flatMap((registry) => registry.integrations)),
      ...registries.flatMap((registry) => registry.rules.flatMap((rule) => rule())),
    ];
    const errors = errorsOf(issues);
    for (const issue of issues) if (!errors.includes(issue)) annotate(this, issue, issue.path.join(": "));
    return errors.map((issue) => formatIssue(issue, issue.path.join(": ")));
  }
}

function doubleClaims(claims: readonly Claim[]): Issue[] {
  const first = new Map<string, Claim>();
  return claims.flatMap((claim): Issue[] => {
    const id = `${claim.document} ${claim.key}`;
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, claim);
      return [];
    }
    const conflict = `${claim.document} would be written by two owners, and the second overwrites the first`;
    return [
      error("document-has-two-owners", [claim.owner.node.path], conflict, {
        got: `${other.owner.node.path} and ${claim.owner.node.path}`,
        expected: "one owner",
        remedy: claim.remedy,
      }),
    ];
  });
}
