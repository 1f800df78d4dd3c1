import { overlay } from "./overlay";
import { type GeneratedSource, generatedSource } from "./source";
import { type Member, membersOf } from "./members";
import type { Attribute, Block, CtyType, NestedBlock, Schema } from "./types";

const cache = new Map<string, Schema | undefined>();

export const providerSchema = (): Schema => {
  const schema = derive("provider", "aws");
  if (!schema) throw new Error("the bindings hold no provider class");
  // CDKTF lists alias among the settings; for Terraform it is a meta-argument, which a schema must not declare.
  const attributes = Object.entries(schema.block.attributes).filter(([name]) => name !== "alias");
  return { ...schema, block: { ...schema.block, attributes: Object.fromEntries(attributes) } };
};

/** The schema of a resource type such as aws_iam_role; undefined where the provider has no such type. */
export const resourceSchema = (type: string): Schema | undefined => derive(folderOf(type), type);

/** The schema of a data source type such as aws_region; undefined where the provider has no such type. */
export const dataSourceSchema = (type: string): Schema | undefined =>
  derive(`data-aws-${folderOf(type)}`, `data.${type}`);

const folderOf = (type: string): string => type.replace(/^aws_/, "").replaceAll("_", "-");

function derive(folder: string, key: string): Schema | undefined {
  if (!cache.has(key)) {
    const source = generatedSource(folder);
    cache.set(key, source && deriveFrom(source, key));
  }
  return cache.get(key);
}

/** Reads one schema out of generated bindings; the key names its entry in the overlay. */
export function deriveFrom(source: GeneratedSource, key: string): Schema {
  return overlay(key, { version: 0, block: blockOf(source, membersOf(source, source.main())) });
}

function blockOf(source: GeneratedSource, members: readonly Member[]): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const member of members) {
    if (member.isBlock) blocks[member.name] = nestedBlockOf(source, member);
    else attributes[member.name] = { type: typeOf(source, member), ...member.flags };
  }
  return { attributes, blocks };
}

function nestedBlockOf(source: GeneratedSource, member: Member): NestedBlock {
  if (!member.struct) throw new Error(`${source.path}: block ${member.name} has no structure of its own`);
  const { nesting, atMostOne, name } = member.struct;
  return {
    nesting,
    minItems: member.flags.required && nesting !== "single" ? 1 : 0,
    maxItems: atMostOne ? 1 : 0,
    block: blockOf(source, membersOf(source, structNames(name))),
  };
}

function typeOf(source: GeneratedSource, member: Member): CtyType {
  if (!member.struct) return member.type;
  const { nesting, name } = member.struct;
  const members = membersOf(source, structNames(name)).map(
    (inner) => [inner.name, typeOf(source, inner)] as const,
  );
  const object = ["object", Object.fromEntries(members)] as const;
  return nesting === "single" ? object : [nesting, object];
}

const structNames = (name: string) => ({ class: `${name}OutputReference`, config: name });
