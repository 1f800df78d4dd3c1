// Integrations in a Terraform state: the file itself, or what `terraform show -json` prints.
import type { Mapping } from "../mapping";
import { isMapping } from "../mapping";
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
  if ("backend" in state)
    return "names a backend, and holds no state; take the output of terraform state pull";
  const resources = "format_version" in state ? ofShow(state) : ofFile(state);
  if (resources === undefined)
    return "is not a Terraform state; one is terraform.tfstate, or what terraform show -json or terraform state pull prints";
  return resources
    .flatMap(({ type, address, values }) => {
      const { arn, name } = identityOf(type, values);
      const wanted = arn === undefined ? undefined : wantedOfArn(arn, address);
      return wanted === undefined ? [] : [{ ...wanted, ...(name !== undefined && { name }) }];
    })
    .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1));
}

interface Identity {
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
}

function identityOf(type: string, values: Readonly<Record<string, unknown>>): Identity {
  if (type === "aws_redshift_integration")
    return { arn: textOf(values["arn"]), name: textOf(values["integration_name"]) };
  if (type !== "aws_cloudcontrolapi_resource" || values["type_name"] !== "AWS::Glue::Integration") return {};
  // Cloud Control joins what identifies an integration: its ARN, a bar, its name.
  const [arn, name] = (textOf(values["id"]) ?? "").split("|");
  return { arn, name };
}

// `terraform show -json`: modules within modules.
function ofShow(state: Mapping): StateResource[] {
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

/** The version of terraform.tfstate since Terraform 0.12. */
const STATE_VERSION = 4;

// terraform.tfstate: one flat list, and instances within it. Other tools have lists of that name, too.
function ofFile(state: Mapping): StateResource[] | undefined {
  if (state["version"] !== STATE_VERSION || !Array.isArray(state["resources"])) return undefined;
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

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
