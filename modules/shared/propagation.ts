// Time for IAM to tell every service of what has changed.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PROTOCOL_VERSION } from "../../lib/operator/protocol";
import { waitFor } from "../dependencies";
import type { Environment } from "../environment";
import { OperatorResource } from "../resources/operator-resource";
import { digestOf } from "../tokens";
import { Contributions } from "./contributions";
import { findOrMake } from "./namespace";

/** A wait after the roles of an environment, made anew whenever one of them has changed. */
export class Propagation extends Construct {
  /** The wait of an environment, made at the first call. */
  static of(environment: Environment): Propagation {
    const scope = environment.ownerScope;
    return findOrMake(scope, "Propagation", (id) => new Propagation(scope, id, environment));
  }

  private readonly subjects = new Contributions<{ readonly name: string; readonly text: string }>(this);
  private readonly after = new Map<string, readonly ITerraformDependable[]>();
  private readonly resource: OperatorResource;
  private readonly first: readonly string[];

  private constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    this.resource = new OperatorResource(this, "Resource", {
      environment,
      subject: "the wait for new roles",
      manages: { kind: "propagation" },
      input: () => ({
        version: PROTOCOL_VERSION,
        kind: "propagation",
        subjects: Object.fromEntries(this.subjects.values.map(({ name, text }) => [name, digestOf(text)])),
      }),
    });
    this.first = this.resource.dependsOn ?? [];
  }

  /**
   * Waits for something of that name, which is free of tokens, each time its text changes, once `after` is there; returns what to
   * wait for.
   */
  settle(
    requester: Construct,
    name: string,
    text: string,
    after: readonly ITerraformDependable[],
  ): ITerraformDependable {
    this.subjects.add(requester, name, { name, text });
    this.after.set(name, after);
    // In the order of the names, so that the order of the requesters does not show.
    this.resource.dependsOn = [...this.first];
    const byName = [...this.after].sort(([a], [b]) => (a < b ? -1 : 1));
    waitFor(
      this.resource,
      byName.flatMap(([, made]) => made),
    );
    return this.resource;
  }
}
