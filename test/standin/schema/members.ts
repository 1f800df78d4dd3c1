import type { GeneratedSource } from "./source";
import type { CtyType } from "./types";

export interface Flags {
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
}

/** A structure that the bindings declare as an interface of its own. */
export interface Struct {
  readonly name: string;
  readonly nesting: "single" | "list" | "set" | "map";
  readonly atMostOne: boolean;
}

/** One attribute or block, as the bindings tell of it. */
export type Member = { readonly name: string; readonly flags: Flags; readonly isBlock: boolean } & (
  | { readonly struct: Struct; readonly type?: undefined }
  | { readonly struct?: undefined; readonly type: CtyType }
);

type Shape =
  | { readonly struct: Struct; readonly type?: undefined }
  | { readonly struct?: undefined; readonly type: CtyType };

/**
 * The members of one structure. Three places know a part each: the class has the flags and the getters, the table of its
 * HCL conversion has the exact collections of everything that can be set, the interface says which members are blocks.
 */
export function membersOf(
  source: GeneratedSource,
  names: { readonly class: string; readonly config: string },
): Member[] {
  const classText = source.find("class", names.class);
  const config = source.find("interface", names.config);
  // A few very large types keep their structures in further files; none of them is needed here.
  if (config === undefined) throw new Error(`${source.path}: declares no ${names.config}`);
  const blocks = new Set(Array.from(config.matchAll(/^ +\* (\w+) block$/gm), ([, name]) => name));
  const settable = hclTable(
    source.find("function", `${lowerFirst(names.config)}ToHclTerraform`) ?? classText ?? "",
  );

  // The provider's own structures have no class; all their members are optional.
  const entries =
    classText === undefined ? [...settable.keys()].map(optionalMember) : classMembers(classText);
  if (settable.size > 0 && entries.length === 0)
    throw new Error(`${source.path}: ${names.class} tells no flags`);

  return entries.map(({ name, flags, code }) => {
    const shape = settable.get(name) ?? getterShape(code);
    if (!shape) throw new Error(`${source.path}: cannot tell the type of ${name} in ${names.class}`);
    return { name, flags, isBlock: blocks.has(name), ...shape };
  });
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const optionalMember = (name: string) => ({
  name,
  flags: { required: false, optional: true, computed: false },
  code: "",
});

function classMembers(text: string): { name: string; flags: Flags; code: string }[] {
  const marker =
    /^ {2}\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)$/gm;
  const found = [...text.matchAll(marker)];
  return found.map((match, index) => ({
    name: match[1] as string,
    flags: { computed: match[2] === "true", optional: match[3] === "true", required: match[4] === "true" },
    code: text.slice(match.index, found[index + 1]?.index),
  }));
}

function hclTable(text: string): Map<string, Shape> {
  const entry =
    /^ +(\w+): \{\n +value: (.+),\n +isBlock: \w+,\n +type: "(\w+)",\n +storageClassType: "(\w+)",$/gm;
  const shapes = new Map<string, Shape>();
  for (const [, name, value, type, storage] of text.matchAll(entry) as Iterable<
    [string, string, string, string, string]
  >) {
    shapes.set(
      name,
      /^[A-Z]/.test(storage) ? { struct: hclStruct(value, type, storage) } : { type: hclType(type, storage) },
    );
  }
  return shapes;
}

function hclStruct(value: string, type: string, storage: string): Struct {
  if (type === "struct") return { name: storage, nesting: "single", atMostOne: false };
  if (type !== "list" && type !== "set" && type !== "map")
    throw new Error(`unknown kind of structure: ${type} of ${storage}`);
  // A list of at most one is written without a mapper, because CDKTF lets its user set it as a plain object.
  const atMostOne = !/[lL]istMapper|hashMapper/.test(value);
  return { name: storage.replace(/(List|Map)$/, ""), nesting: type, atMostOne };
}

const scalars: Readonly<Record<string, CtyType>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  any: "dynamic",
};

/** Storage classes name the element first: stringMapList is a list of maps of strings. */
function hclType(type: string, storage: string): CtyType {
  const [scalar, ...collections] = storage.split(/(?=[A-Z])/) as [string, ...string[]];
  return collections.reduce<CtyType>(
    (element, collection, index) => {
      const outermost = index === collections.length - 1;
      return [collection === "Map" ? "map" : outermost && type === "set" ? "set" : "list", element];
    },
    scalars[scalar] ?? unknownScalar(storage),
  );
}

function unknownScalar(storage: string): never {
  throw new Error(`unknown storage class ${storage}`);
}

/** The shape of a member that cannot be set, and so stands in no HCL table. */
function getterShape(code: string): Shape | undefined {
  const [, struct, suffix, set] =
    code.match(/ = new (\w+?)(OutputReference|List|Map)\(this, "\w+"(?:, (true|false))?\)/) ?? [];
  if (struct !== undefined) {
    if (suffix === "List")
      return { struct: { name: struct, nesting: set === "true" ? "set" : "list", atMostOne: false } };
    if (suffix === "Map") return { struct: { name: struct, nesting: "map", atMostOne: false } };
    return { struct: { name: struct, nesting: "single", atMostOne: false } };
  }
  const [, element] = code.match(/ = new cdktf\.(String|Number|Boolean)Map\(/) ?? [];
  if (element !== undefined) return { type: ["map", scalars[element.toLowerCase()] as CtyType] };

  const [, getter] = code.match(/this\.get(\w+)Attribute\(/) ?? [];
  const collection = code.includes("cdktf.Fn.tolist(") ? "set" : "list";
  switch (getter) {
    case "String":
      return { type: "string" };
    case "Number":
      return { type: "number" };
    case "Boolean":
      return { type: "bool" };
    case "List":
      return { type: [collection, "string"] };
    case "NumberList":
      return { type: [collection, "number"] };
    default:
      return undefined;
  }
}
