// How many integrations of one target are created or deleted at once.
import { TerraformStack } from "cdktf";
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { PARALLEL_INTEGRATIONS_PER_TARGET } from "../../lib/facts/limits";
import { waitFor } from "../dependencies";
import { findOrMake, namespace } from "./namespace";

interface Member {
  readonly path: string;
  readonly resource: TerraformResource & ITerraformDependable;
  /** What it waits for besides other integrations. */
  readonly own: readonly string[] | undefined;
}

/**
 * The integrations of one target, in lanes: each waits for the one before it in its lane, and one lane never waits for
 * another. AWS refuses more at once.
 */
export class IntegrationQueue extends Construct {
  /** The queue of a target in a stack; `targetKey` is the same for the same target. */
  static of(scope: Construct, targetKey: string): IntegrationQueue {
    const queues = namespace(TerraformStack.of(scope), "IntegrationQueue");
    return findOrMake(queues, targetKey, (id) => new IntegrationQueue(queues, id));
  }

  private readonly members: Member[] = [];

  /** Puts an integration into its lane; it must already wait for everything else. The order of joining never shows. */
  join(resource: TerraformResource): void {
    const { members } = this;
    const { path } = resource.node;
    const later = members.findIndex((member) => member.path > path);
    const place = later === -1 ? members.length : later;
    members.splice(place, 0, { path, resource, own: resource.dependsOn });
    // Whatever comes behind it has moved to the next lane.
    for (let index = place; index < members.length; index += 1) this.queueUp(index);
  }

  private queueUp(index: number): void {
    const member = this.members[index];
    const before = this.members[index - PARALLEL_INTEGRATIONS_PER_TARGET];
    if (member === undefined || before === undefined) return;
    const { resource, own } = member;
    resource.dependsOn = own === undefined ? [] : [...own];
    waitFor(resource, [before.resource]);
  }
}
