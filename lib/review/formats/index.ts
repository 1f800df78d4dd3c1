// Every format of a report, by the name under which users ask for it.
import type { Format } from "./format";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import { sarif } from "./sarif";
import { text } from "./text";

export type { FailOn, Format, FormatOptions } from "./format";
export { FAIL_ON, failing } from "./format";

/** The default first. */
export const FORMATS = { text, markdown, json, sarif, junit, github, gitlab } as const satisfies Readonly<
  Record<string, Format>
>;

export type FormatName = keyof typeof FORMATS;
