// zero-etl graph: the topology of a declaration as a picture.
import { dot, mermaid, topology } from "../graph";
import type { ExitStatus, Terminal } from "./terminal";
import { CLEAN, FAILED } from "./terminal";
import { declarationOf } from "./validate";

/** Every language that a picture is written in, the default first. */
export const GRAPH_FORMATS = ["mermaid", "dot"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

const WRITERS = { mermaid, dot };

/** Prints the picture of a valid declaration. */
export function graph(file: string | undefined, format: GraphFormat, terminal: Terminal): ExitStatus {
  const declaration = declarationOf(file, terminal);
  if (declaration === undefined) return FAILED;
  terminal.out(WRITERS[format](topology(declaration)));
  return CLEAN;
}
