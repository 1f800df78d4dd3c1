// A written stack as a change of a user's meets it: JSON in which resources are found by type and name.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The settings of one resource or of one block in it. */
export type Settings = Record<string, unknown>;

export interface StackJson {
  readonly terraform: Settings;
  readonly provider: Record<string, Settings[]>;
  readonly resource: Record<string, Record<string, Settings>>;
  data?: Record<string, Record<string, Settings>>;
  check?: Record<string, Settings>;
}

/** Changes the stack in a folder. */
export function editStack(directory: string, edit: (stack: StackJson) => void): void {
  const path = join(directory, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(path, "utf8")) as StackJson;
  edit(stack);
  writeFileSync(path, JSON.stringify(stack));
}

/** The only resource of a type whose name begins so. */
export function resource(stack: StackJson, type: string, name = ""): Settings {
  const found = entries(stack, type, name);
  const [first, ...more] = found;
  if (first === undefined || more.length > 0) {
    throw new Error(
      `${found.length} resources ${type}.${name}: ${Object.keys(stack.resource[type] ?? {}).join(", ")}`,
    );
  }
  return first[1];
}

/** Takes out the only resource of a type whose name begins so. */
export function remove(stack: StackJson, type: string, name = ""): void {
  resource(stack, type, name);
  for (const [key] of entries(stack, type, name)) {
    delete stack.resource[type]?.[key];
    // Terraform does not take a type without resources.
    if (Object.keys(stack.resource[type] ?? {}).length === 0) delete stack.resource[type];
    const gone = `${type}.${key}`;
    for (const one of Object.values(stack.resource).flatMap((byName) => Object.values(byName))) {
      const { depends_on: others } = one as { depends_on?: string[] };
      if (others !== undefined) one["depends_on"] = others.filter((other) => other !== gone);
    }
  }
}

function entries(stack: StackJson, type: string, name: string): [string, Settings][] {
  return Object.entries(stack.resource[type] ?? {}).filter(([key]) => key.startsWith(name));
}

/** Changes a JSON text that a resource holds. */
export function editJson(settings: Settings, attribute: string, edit: (document: Settings) => void): void {
  const document = JSON.parse(String(settings[attribute])) as Settings;
  edit(document);
  settings[attribute] = JSON.stringify(document);
}

/** Replaces a part of a text that a resource holds, which may be an expression. */
export function editText(settings: Settings, attribute: string, from: string, to: string): void {
  const text = String(settings[attribute]);
  if (!text.includes(from)) throw new Error(`no ${from} in ${text}`);
  settings[attribute] = text.replace(from, to);
}

/** The statements of a policy document. */
export function statements(document: Settings): Settings[] {
  return document["Statement"] as Settings[];
}
