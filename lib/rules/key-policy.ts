// What AWS refuses in the policy of a key, and how a key and its policy belong together.
import type { Issue } from "../issues";
import { error } from "../issues";
import type { Statement } from "../policy/statement";

/** Refuses a policy that lets nobody change it: AWS refuses it, too, because the key would be lost. */
export function keyLockoutRules(statements: readonly Statement[]): Issue[] {
  const changes = ({ Principal, Action }: Statement): boolean =>
    Principal !== undefined &&
    "AWS" in Principal &&
    Action.some((action) => allows(action, "kms:PutKeyPolicy"));
  if (statements.some(changes)) return [];
  return [
    error("key-policy-lockout", ["statements"], "nobody could change the policy of the key again", {
      expected: "a statement that allows an AWS principal kms:PutKeyPolicy",
      remedy:
        "add one for the administrators of the key, or remove statements: the account then administers it",
    }),
  ];
}

/** Refuses the owner of a key's policy where no key is named. */
export function keyOwnerRules(owner: { readonly hasKey: boolean; readonly hasKeyPolicy: boolean }): Issue[] {
  if (owner.hasKey || !owner.hasKeyPolicy) return [];
  return [
    error("key-policy-without-key", ["keyPolicy"], "keyPolicy is given, but no key", {
      at: "key",
      remedy: "give the ARN of its key as well, or remove keyPolicy",
    }),
  ];
}

// Actions are compared without case, and hold wildcards.
function allows(pattern: string, action: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replace(/\*/g, ".*").replace(/\?/g, ".")}$`, "i").test(action);
}
