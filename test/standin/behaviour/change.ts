import { isDeepStrictEqual } from "node:util";
import type { Attribute, Block, CtyType } from "../schema/types";
import { mapAttributes } from "../schema/values";
import { isObject, type ObjectValue, UNKNOWN, type Value } from "../wire/values";
import { digest } from "./digest";
import { resourceFacts } from "./resources";
import type { ProviderSettings } from "./settings";

export interface Proposal {
  readonly type: string;
  readonly block: Block;
  readonly prior: ObjectValue | null;
  /** Terraform's own merge of the configuration into the prior state. */
  readonly proposed: ObjectValue;
  readonly config: ObjectValue;
}

export interface Plan {
  readonly planned: ObjectValue;
  readonly replacedBy: readonly string[];
}

/** What the provider says of a proposed change: which values it cannot know yet, and what forces a replacement. */
export function planChange(
  { type, block, prior, proposed, config }: Proposal,
  provider: ProviderSettings,
): Plan {
  const facts = resourceFacts(type);
  // Terraform demands that a write-only value is never kept.
  const merged = mapAttributes(
    block,
    { ...proposed, ...fromProvider(block, config, provider) },
    (value, { writeOnly }) => (writeOnly ? null : value),
  );
  if (prior && isDeepStrictEqual(merged, prior)) return { planned: prior, replacedBy: [] };

  const changed = (name: string): boolean => !isDeepStrictEqual(prior?.[name] ?? null, merged[name] ?? null);
  const planned = mapAttributes(block, merged, (value, attribute, name, depth) => {
    if (!attribute.computed || value !== null) {
      const triggers = (depth === 0 && prior && facts.recomputed?.[name]) || [];
      return attribute.computed && triggers.some(changed) ? UNKNOWN : value;
    }
    // An attribute of the resource itself that stays null through an update has a value already: null.
    return prior && depth === 0 ? value : UNKNOWN;
  });
  facts.refuse?.(planned);
  if (!prior) return { planned, replacedBy: [] };
  const forcing = [...(facts.forceNew ?? []), ...("region" in block.attributes ? ["region"] : [])];
  return { planned, replacedBy: [...forcing.filter(changed), ...(facts.replaces?.(prior, planned) ?? [])] };
}

/** What every resource takes from its provider configuration: the region, and the tags in common. */
function fromProvider({ attributes }: Block, config: ObjectValue, provider: ProviderSettings): ObjectValue {
  const result: ObjectValue = {};
  if (attributes["region"]?.computed) result["region"] = config["region"] ?? provider.region;
  if (attributes["tags_all"]?.computed && attributes["tags"]) {
    const tags = config["tags"] ?? {};
    result["tags_all"] = isObject(tags) ? { ...provider.defaultTags, ...tags } : UNKNOWN;
  }
  return result;
}

/** The state after an apply: what is still unknown gets a made-up value, the same in every run. */
export function applyChange(
  type: string,
  block: Block,
  planned: ObjectValue,
  provider: ProviderSettings,
): ObjectValue {
  const seed = digest(type, planned);
  const filled = mapAttributes(block, planned, (value, attribute, name) =>
    value === UNKNOWN ? madeUp(attribute, name, { type, seed, provider }) : value,
  );
  const known = resourceFacts(type).computed?.(filled, provider) ?? {};
  return mapAttributes(block, filled, (value, _attribute, name, depth) =>
    depth === 0 && planned[name] === UNKNOWN && name in known ? (known[name] as Value) : value,
  );
}

interface Origin {
  readonly type: string;
  readonly seed: string;
  readonly provider: ProviderSettings;
}

function madeUp({ type: valueType }: Pick<Attribute, "type">, name: string, origin: Origin): Value {
  if (valueType === "string") return madeUpText(name, origin);
  if (valueType === "number") return 0;
  if (valueType === "bool") return false;
  if (valueType === "dynamic") return null;
  const [kind, inner] = valueType;
  if (kind === "map") return {};
  if (kind !== "object") return [];
  const members = Object.entries(inner) as [string, CtyType][];
  return Object.fromEntries(
    members.map(([member, memberType]) => [member, madeUp({ type: memberType }, member, origin)]),
  );
}

function madeUpText(name: string, { type, seed, provider }: Origin): string {
  const id = `${type.replace(/^aws_/, "").replaceAll("_", "-")}-${seed.slice(0, 8)}`;
  if (name === "id") return id;
  const service = type.split("_")[1] as string;
  return name === "arn"
    ? `arn:${provider.partition}:${service}:${provider.region}:${provider.account}:${id}`
    : `${name}-${seed.slice(0, 8)}`;
}
