// A plan file to a plan, or the one reason why it is none. Only the members that a review uses are looked at.
import type { Json } from "../../json";
import { isObject } from "../../policy/canonical";
import { PlanMalformed, changeOf, checkOf, dataOf, listMember } from "./members";
import type { JsonObject, Plan } from "./plan";
import type { Read } from "./text";
import { parsePlanText, refuse } from "./text";

export type { Plan } from "./plan";
export type { Read } from "./text";

const WHOLE = "terraform show -json <plan file>";

/** Reads the file that `terraform show -json <plan file>` wrote. It never throws. */
export function readPlan(bytes: Uint8Array): Read<Plan> {
  const { value, issue } = parsePlanText(bytes);
  return issue === undefined ? planOf(value) : { issue };
}

/** The plan that a parsed file holds. It never throws. */
export function planOf(json: Json): Read<Plan> {
  const refusal = isObject(json) ? refusalOf(json) : refuseOther();
  if (refusal !== undefined) return refusal;
  try {
    return { value: readMembers(json as JsonObject) };
  } catch (thrown) {
    if (!(thrown instanceof PlanMalformed)) throw thrown;
    return refuse("plan-malformed", `${thrown.path} is not ${thrown.expected}`, {
      remedy: `leave the output of ${WHOLE} as it is`,
    });
  }
}

function refusalOf(plan: JsonObject): ReturnType<typeof refuse> | undefined {
  const { format_version: version, errored, complete } = plan;
  if ("lineage" in plan || ("values" in plan && !("planned_values" in plan))) return refuseState();
  if (version === undefined) return refuseOther();
  if (typeof version !== "string" || !/^1\.\d+$/.test(version)) {
    return refuse("plan-version", "the version of the plan's format is not known", {
      got: `format_version ${typeof version === "string" ? JSON.stringify(version.slice(0, 20)) : typeof version}`,
      expected: "1.x, which Terraform writes since 1.1",
      remedy:
        "use a version of zero-etl that knows the format, or the Terraform that the stack is applied with",
    });
  }
  // Without a state `terraform show -json` writes the version and nothing else.
  if (Object.keys(plan).length === 1) return refuseState();
  if (!("planned_values" in plan) && !("resource_changes" in plan)) return refuseOther();
  if (errored === true) {
    return refuse("plan-errored", "Terraform failed while it made the plan, which shows a part of it", {
      remedy: "mend what terraform plan reports, and plan again",
    });
  }
  if (complete === false) {
    return refuse("plan-incomplete", "the plan leaves out a part of the configuration", {
      got: "complete: false, as with -target or deferred actions",
      remedy: "plan the whole stack, without -target",
    });
  }
  return undefined;
}

function refuseState(): ReturnType<typeof refuse> {
  return refuse("plan-of-state", "the file holds a state, not a plan", {
    remedy: `plan with terraform plan -out <plan file>, and name that file: ${WHOLE} > plan.json`,
  });
}

function refuseOther(): ReturnType<typeof refuse> {
  return refuse("not-a-plan", "the file is JSON, but no plan of Terraform", {
    expected: `the output of ${WHOLE}`,
  });
}

function readMembers(plan: JsonObject): Plan {
  const { terraform_version: terraformVersion, configuration, prior_state: priorState } = plan;
  return {
    terraformVersion: typeof terraformVersion === "string" ? terraformVersion : "unknown",
    resourceChanges: listMember(plan, "resource_changes").map((entry, index) =>
      changeOf(entry, `resource_changes[${index}]`),
    ),
    resourceDrift: listMember(plan, "resource_drift").map((entry, index) =>
      changeOf(entry, `resource_drift[${index}]`),
    ),
    checks: listMember(plan, "checks").map((entry, index) => checkOf(entry, `checks[${index}]`)),
    readData: dataOf(priorState),
    configuration: isObject(configuration) ? configuration["root_module"] : undefined,
  };
}
