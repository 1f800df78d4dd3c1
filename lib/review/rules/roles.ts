// Roles that integrations read connections and write targets with.
import { GLUE_ROLE_TRUST } from "../../policy/trust";
import type { Observation } from "../finding";
import type { Integration, PlanView, Resource } from "../plan-view";
import { known, textField } from "../plan-view";
import { rule } from "./declare";
import { grants } from "./grants";
import { having, lasting, theIntegrations } from "./integrations";

/** ARNs of the roles that the plans' resource properties name, and the integrations that need each. */
export function rolesInUse(
  all: readonly PlanView[],
  integrations: readonly Integration[],
): Map<string, Integration[]> {
  const byRole = new Map<string, Integration[]>();
  for (const { after } of all.flatMap(({ resourceProperties }) => resourceProperties)) {
    const resourceArn = after && known(after.resourceArn);
    if (after === undefined || resourceArn === undefined) continue;
    for (const [role, field] of [
      [known(after.sourceRoleArn), "sourceArn"],
      [known(after.targetRoleArn), "targetArn"],
    ] as const) {
      if (role === undefined) continue;
      byRole.set(role, [...(byRole.get(role) ?? []), ...having(integrations, field, resourceArn)]);
    }
  }
  return byRole;
}

/** The integrations that need a role of a plan. */
function usersOf({ before, after }: Resource, inUse: ReadonlyMap<string, Integration[]>): Integration[] {
  const role = before ?? after;
  const arn = role && known(textField(role, "arn"));
  return (arn === undefined ? undefined : inUse.get(arn)) ?? [];
}

const STOPS = "AWS Glue can no longer read or write: nothing arrives, and AWS gives up after seven days";

export const roleLost = rule({
  id: "role-lost",
  levels: ["block"],
  title: "the role of an integration that stays is destroyed, replaced, or no longer trusts AWS Glue",
  check: (view, all) => {
    const inUse = rolesInUse(all, lasting(all));
    const gone = view.ofType("aws_iam_role").flatMap((resource): Observation[] => {
      const { action, address, deposed, before } = resource;
      const users = usersOf(resource, inUse);
      if (users.length === 0 || deposed !== undefined || (action !== "delete" && action !== "replace")) {
        return [];
      }
      const name = (before && known(textField(before, "name"))) ?? "";
      return [
        {
          address,
          reason: `${action === "delete" ? "destroys" : "replaces"} the role ${name} of ${theIntegrations(users)}`,
          consequence: STOPS,
          remedy: "make another role first and name it in the resource property, then remove this one",
        },
      ];
    });
    const distrusting = view.policies.flatMap(
      ({ resource, kind, before, after, attribute }): Observation[] => {
        const users = usersOf(resource, inUse);
        if (kind !== "role-trust" || users.length === 0 || resource.action === "delete") return [];
        if (before.state !== "known" || after.state !== "known") return [];
        if (!grants(before.statements, GLUE_ROLE_TRUST) || grants(after.statements, GLUE_ROLE_TRUST))
          return [];
        return [
          {
            address: resource.address,
            reason: `the role of ${theIntegrations(users)} no longer trusts AWS Glue`,
            consequence: STOPS,
            remedy: "keep the statement that lets glue.amazonaws.com assume the role (sts:AssumeRole)",
            attribute,
          },
        ];
      },
    );
    return [...gone, ...distrusting];
  },
});
