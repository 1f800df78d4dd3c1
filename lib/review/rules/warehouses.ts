// What Redshift warehouses need for integrations, and Terraform would not give them.
import type { Observation } from "../finding";
import type { PlanObject, PlanValue, PlanView } from "../plan-view";
import { isHidden, isPlanObject, known, textField } from "../plan-view";
import { rule } from "./declare";
import { names, staying, targetOf } from "./integrations";

const CASE_SENSITIVITY = "enable_case_sensitive_identifier";

/** The types that set parameters, with the attribute and the member that names one. */
const PARAMETERS = {
  aws_redshift_parameter_group: { attribute: "parameter", name: "name", value: "value" },
  aws_redshiftserverless_workgroup: {
    attribute: "config_parameter",
    name: "parameter_key",
    value: "parameter_value",
  },
} as const;

function intoWarehouses(all: readonly PlanView[]) {
  return staying(all).filter((integration) => targetOf(integration)?.kind === "redshift");
}

/** What a parameter is set to; `hidden` where that cannot be told. */
function parameter(
  object: PlanObject | undefined,
  { attribute, name, value }: (typeof PARAMETERS)[keyof typeof PARAMETERS],
): string | undefined {
  const list: PlanValue | undefined = object?.[attribute];
  if (isHidden(list)) return "hidden";
  const entries = Array.isArray(list) ? (list as readonly PlanValue[]) : [];
  if (entries.some(isHidden)) return "hidden";
  const found = entries.filter(isPlanObject).find((entry) => entry[name] === CASE_SENSITIVITY)?.[value];
  return isHidden(found) ? "hidden" : found === undefined ? undefined : String(found);
}

export const caseSensitivityOff = rule({
  id: "case-sensitivity-off",
  levels: ["warn"],
  title: `the parameters of a warehouse do not set ${CASE_SENSITIVITY} to true`,
  check: (view, all) => {
    const integrations = intoWarehouses(all);
    if (integrations.length === 0) return [];
    return Object.entries(PARAMETERS).flatMap(([type, where]) =>
      view.ofType(type).flatMap(({ address, action, before, after }): Observation[] => {
        if (after === undefined || !["create", "update", "replace"].includes(action)) return [];
        const now = parameter(after, where);
        if (now === "true" || now === "hidden") return [];
        // Somebody else's group stays as it was.
        if (before !== undefined && parameter(before, where) !== "true") return [];
        return [
          {
            address,
            reason: `${CASE_SENSITIVITY} is ${now === undefined ? "not set" : "turned off"} in the parameters of a warehouse`,
            consequence: `where this is the warehouse of ${names(integrations)}, no integration into it can be created, and names that differ in case only meet`,
            remedy: `set ${CASE_SENSITIVITY} to true, and reboot a provisioned cluster`,
            attribute: where.attribute,
          },
        ];
      }),
    );
  },
});

export const serverlessPolicy = rule({
  id: "serverless-policy",
  levels: ["warn"],
  title:
    "the policy of a namespace is written with aws_redshiftserverless_resource_policy, which AWS takes and ignores",
  check: (view) =>
    view
      .ofType("aws_redshiftserverless_resource_policy")
      .flatMap(({ address, action, after }): Observation[] => {
        const isWritten = after !== undefined && ["create", "update", "replace"].includes(action);
        const text = after && known(textField(after, "policy"));
        if (!isWritten || (text !== undefined && !/InboundIntegration/i.test(text))) return [];
        return [
          {
            address,
            reason: "writes the policy for integrations through the API of Redshift Serverless",
            consequence: "AWS answers that it is done, and integrations stay unauthorised",
            remedy: "use aws_redshift_resource_policy with the ARN of the serverless namespace",
          },
        ];
      }),
});
