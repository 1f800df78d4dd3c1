// A declaration while it is being judged: what has the wrong type is taken out, so that rules see only what they know.
import type { IssuePath } from "../issues";
import type {
  Declaration,
  EnvironmentSpec,
  IntegrationSpec,
  SourceSpec,
  StackSpec,
  TargetSpec,
} from "./types";

/** A value of which anything may be missing, because it was not written or could not be used. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Draft<T[K]> | undefined }
    : T;

export type DraftDeclaration = Draft<Declaration>;
export type DraftEnvironment = Draft<EnvironmentSpec>;
export type DraftStack = Draft<StackSpec>;
export type DraftSource = Draft<SourceSpec>;
export type DraftTarget = Draft<TargetSpec>;
export type DraftIntegration = Draft<IntegrationSpec>;

/** The entries of a mapping that have a value. */
export function entriesOf<T>(mapping: Readonly<Record<string, T | undefined>> | undefined): [string, T][] {
  return Object.entries(mapping ?? {}).filter((entry): entry is [string, T] => entry[1] !== undefined);
}

/** The value under a key of a mapping, and never what every object inherits. */
export function memberOf<T>(
  mapping: Readonly<Record<string, T | undefined>> | undefined,
  key: string,
): T | undefined {
  return mapping !== undefined && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/** A copy without what stands at the given paths; a list loses itself with its entry, for no other entry may move. */
export function without(value: unknown, paths: readonly IssuePath[]): unknown {
  if (paths.length === 0) return value;
  if (Array.isArray(value)) {
    if (paths.some((path) => path.length === 1)) return undefined;
    return value.map((item: unknown, index) => without(item, below(paths, index)));
  }
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(
    ([key]) => !paths.some((path) => path.length === 1 && path[0] === key),
  );
  return Object.fromEntries(kept.map(([key, member]) => [key, without(member, below(paths, key))]));
}

function below(paths: readonly IssuePath[], key: string | number): IssuePath[] {
  return paths.filter((path) => path.length > 1 && path[0] === key).map((path) => path.slice(1));
}
