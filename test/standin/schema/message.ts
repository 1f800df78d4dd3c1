import { type BlockMessage, NESTING, type SchemaMessage } from "../wire/messages";
import type { Block, Schema } from "./types";

/** A schema as the plugin protocol spells it. */
export const schemaMessage = ({ version, block }: Schema): SchemaMessage => ({
  version,
  block: blockMessage(block),
});

const blockMessage = (block: Block): BlockMessage => ({
  attributes: Object.entries(block.attributes).map(([name, { type, ...flags }]) => ({
    name,
    type: Buffer.from(JSON.stringify(type), "utf8"),
    ...flags,
  })),
  blockTypes: Object.entries(block.blocks).map(
    ([typeName, { nesting, minItems, maxItems, block: inner }]) => ({
      typeName,
      nesting: NESTING[nesting],
      minItems,
      maxItems,
      block: blockMessage(inner),
    }),
  ),
});
