// Keys of the user's that integrations depend on.
import { arn as arnOf } from "../../arn";
import type { SourceKind } from "../../facts/kinds";
import { integrationKeyRequirements, tableKeyRequirements } from "../../policy/kms";
import type { Statement } from "../../policy/statement";
import type { Observation } from "../finding";
import type { Integration, PlanValue, PlanView, Resource } from "../plan-view";
import { isPlanObject, known, textField } from "../plan-view";
import { arnParts, sourceArn, targetArn } from "./arns";
import { rule } from "./declare";
import { lasting, names, theIntegrations } from "./integrations";
import type { Need } from "./needs";
import { lossesOf } from "./statements";

/** A key and the integrations that need it, by the id at the end of its ARN. */
type KeyUsers = ReadonlyMap<string, ReadonlySet<Integration>>;

function keyUsers(all: readonly PlanView[]): KeyUsers {
  const users = new Map<string, Set<Integration>>();
  const integrations = lasting(all);
  const add = (key: string | undefined, those: readonly Integration[]): void => {
    const id = key === undefined ? undefined : (arnParts(key)?.resource.replace(/^key\//, "") ?? key);
    if (id === undefined || those.length === 0) return;
    const known = users.get(id) ?? new Set();
    for (const one of those) known.add(one);
    users.set(id, known);
  };
  for (const integration of integrations) add(known(integration.after?.kmsKeyId), [integration]);
  for (const { after } of all.flatMap(({ resourceProperties }) => resourceProperties)) {
    const target = after && known(after.resourceArn);
    add(
      after && known(after.targetKmsArn),
      integrations.filter((one) => target !== undefined && known(one.after?.targetArn) === target),
    );
  }
  for (const { after } of all.flatMap((view) => [...view.ofType("aws_dynamodb_table")])) {
    const table = after && known(textField(after, "arn"));
    const readers = integrations.filter(
      (one) => table !== undefined && known(one.after?.sourceArn) === table,
    );
    if (readers.length > 0) add(tableKey(after?.["server_side_encryption"]), readers);
  }
  return users;
}

function tableKey(blocks: PlanValue | undefined): string | undefined {
  const block = Array.isArray(blocks) ? (blocks as readonly PlanValue[])[0] : undefined;
  return isPlanObject(block) ? known(textField(block, "kms_key_arn")) : undefined;
}

function fate({ action, before, after }: Resource): string | undefined {
  if (action === "delete") return "is scheduled for deletion";
  if (action === "replace") return "is replaced, and the old one is scheduled for deletion";
  if (before === undefined || after === undefined) return undefined;
  return before["is_enabled"] === true && after["is_enabled"] === false ? "is disabled" : undefined;
}

export const keyLost = rule({
  id: "key-lost",
  levels: ["warn"],
  title:
    "a key that an integration, its table or its target needs is disabled, deleted, or no longer allows AWS to use it",
  check: (view, all) => {
    const users = keyUsers(all);
    const gone = view.ofType("aws_kms_key").flatMap((resource): Observation[] => {
      const what = fate(resource);
      const id = resource.before && known(textField(resource.before, "key_id"));
      const those = [...((id === undefined ? undefined : users.get(id)) ?? [])];
      if (what === undefined || those.length === 0 || resource.deposed !== undefined) return [];
      return [
        {
          address: resource.address,
          reason: `the key of ${theIntegrations(those)} ${what}`,
          consequence:
            "nothing can be exported, moved or written with it: the integration fails, and what is encrypted with the key cannot be read",
          remedy:
            "keep the key for as long as data is encrypted with it; another key for an integration means another integration",
        },
      ];
    });
    const refused = lossesOf(keyNeeds(users), all)
      .filter(({ policy }) => view.policies.includes(policy))
      .map(({ policy, needs }): Observation => ({
        address: policy.resource.address,
        reason: `the policy of the key no longer lets AWS use it for ${names([...new Set(needs.map(({ integration }) => integration))])}`,
        consequence: "the integration fails with a key that it cannot use (KMSKeyNotAccessibleFault)",
        remedy: "put back the statement for the service",
        attribute: policy.attribute,
      }));
    return [...gone, ...refused];
  },
});

function keyNeeds(users: KeyUsers): Need[] {
  return [...users].flatMap(([key, integrations]) =>
    [...integrations].flatMap((integration) => {
      const from = known(integration.after?.sourceArn);
      const to = known(integration.after?.targetArn);
      const source = from === undefined ? undefined : sourceArn(from);
      const target = to === undefined ? undefined : targetArn(to);
      if (source === undefined || target === undefined) return [];
      const { address } = source;
      // The products behind connections need the same of a key.
      const kind: SourceKind = source.kind === "connection" ? "zendesk" : source.kind;
      const isOwn = known(integration.after?.kmsKeyId)?.endsWith(key) === true;
      const requirements = isOwn
        ? integrationKeyRequirements({ address, source: kind, target: target.kind })
        : tableKeyRequirements({ address, target: target.kind });
      const subjects = [key, arnOf("kms", address, `key/${key}`)];
      return requirements.map(({ statement }): Need => ({
        integration,
        kind: "key",
        subjects,
        statement: ofKey(statement),
      }));
    }),
  );
}

// A condition of a grant asks for all values, not for one: what is compared is the service and the action.
function ofKey({ Condition: _, ...statement }: Statement): Statement {
  return statement;
}
