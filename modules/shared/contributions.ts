// What several constructs put into one document of AWS.
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import { ZeroEtlError, error } from "../../lib/issues";
import type { Json } from "../../lib/json";
import { stableJson } from "../../lib/json";

interface Contribution<T> {
  readonly value: T;
  readonly requester: string;
}

/** Values under stable keys: the order of the contributors never shows, and nobody overwrites anybody. */
export class Contributions<T> {
  private readonly byKey = new Map<string, Contribution<T>>();

  constructor(private readonly owner: Construct) {}

  /**
   * Adds a value and tells whether it is new; the same value again changes nothing, another one under the same key throws
   * `ZeroEtlError`.
   */
  add(requester: Construct, key: string, value: T): boolean {
    const existing = this.byKey.get(key);
    if (existing === undefined) {
      this.byKey.set(key, { value, requester: requester.node.path });
      return true;
    }
    const before = this.render(existing.value);
    const after = this.render(value);
    if (before === after) return false;
    const contradiction = `${existing.requester} and ${requester.node.path} ask for different settings of one document`;
    throw new ZeroEtlError(this.owner.node.path, [
      error("conflicting-contributions", [], contradiction, {
        got: `${before} and ${after}`,
        expected: "equal settings",
        remedy: "give both the same settings, or use two separate resources",
      }),
    ]);
  }

  /** The values, ordered by key. */
  get values(): T[] {
    return [...this.byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { value }]) => value);
  }

  // Every getter of an attribute makes a new token, so equal values are compared as what they resolve to.
  private render(value: T): string {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return stableJson(Tokenization.resolve(value, { scope: this.owner, resolver, preparing: false }) as Json);
  }
}
