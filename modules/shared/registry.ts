// What a stack owns and replicates, so that collisions are found over the whole app before any stack is written.
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
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
  /** Whether the owner leaves what others write into the document as it is. @default false */
  readonly merges?: boolean;
  /** What to do when a second owner turns up. */
  readonly remedy: string;
}

/** The registries of an app, and the one of them that judges for all. */
interface Registries {
  readonly all: Registry[];
  judge?: Registry;
}

// A search through an app of many stacks takes long, and each stack would make it.
const byApp = new WeakMap<IConstruct, Registries>();

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
    const registries = byApp.get(this.node.root) ?? { all: [] };
    byApp.set(this.node.root, registries);
    registries.all.push(this);
    this.node.addValidation({ validate: () => this.validateApp(registries) });
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

  // CDKTF validates and writes stack by stack: the first stack answers for all, or a later error leaves half an output.
  private validateApp(registries: Registries): string[] {
    registries.judge ??= this;
    if (registries.judge !== this) return [];
    const { all } = registries;
    const issues = [
      ...doubleClaims(all.flatMap((registry) => registry.claims)),
      ...fleetRules(all.flatMap((registry) => registry.integrations)),
      ...all.flatMap((registry) => registry.rules.flatMap((rule) => rule())),
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
    if (claim.merges === true && other.merges === true) return [];
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
