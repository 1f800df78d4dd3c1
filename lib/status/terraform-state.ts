// Integrations in a Terraform state: the file itself, or what `terraform show -json` prints.
import type { Wanted } from "./wanted";
import { wantedOfArn } from "./wanted";

interface StateResource {
  readonly type: string;
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The integrations of a state; a text where it is none. */
export function wantedOfState(text: string): readonly Wanted[] | string {
  const state = parsed(text);
  if (!isMapping(state)) return "is not JSON; a binary plan or state is read through terraform show -json";
  if ("planned_values" in state || "resource_changes" in state)
    return "is a plan; take the state: terraform show -json without a file";
  const resources = "resources" in state ? ofFile(state) : ofShow(state);
  if (resources === undefined) return "is not a Terraform state";
  return resources
    .flatMap(({ type, address, values }) => {
      const arn = integrationArn(type, values);
      return arn === undefined ? [] : (wantedOfArn(arn, address) ?? []);
    })
    .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1));
}

function integrationArn(type: string, values: Readonly<Record<string, unknown>>): string | undefined {
  if (type === "aws_redshift_integration") return textOf(values["arn"]);
  if (type !== "aws_cloudcontrolapi_resource" || values["type_name"] !== "AWS::Glue::Integration")
    return undefined;
  return textOf(values["id"]);
}

// `terraform show -json`: modules within modules.
function ofShow(state: Mapping): StateResource[] | undefined {
  if (!("format_version" in state)) return undefined;
  const values = state["values"];
  return isMapping(values) ? inModule(values["root_module"]) : [];
}

function inModule(module: unknown): StateResource[] {
  if (!isMapping(module)) return [];
  return [
    ...listOf(module["resources"]).flatMap(({ mode, type, address, values }) =>
      mode === "managed" && isMapping(values)
        ? [{ type: String(type), address: String(address), values }]
        : [],
    ),
    ...listOf(module["child_modules"]).flatMap(inModule),
  ];
}

// terraform.tfstate: one flat list, and instances within it.
function ofFile(state: Mapping): StateResource[] {
  return listOf(state["resources"]).flatMap(({ mode, module, type, name, instances }) => {
    if (mode !== "managed") return [];
    const base = [...(typeof module === "string" ? [module] : []), type, name].join(".");
    return listOf(instances).flatMap(({ attributes, index_key: index }) => {
      if (!isMapping(attributes)) return [];
      const address = index === undefined ? base : `${base}[${JSON.stringify(index)}]`;
      return [{ type: String(type), address, values: attributes }];
    });
  });
}

type Mapping = Readonly<Record<string, unknown>>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): Mapping[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
}

function isMapping(value: unknown): value is Mapping {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
