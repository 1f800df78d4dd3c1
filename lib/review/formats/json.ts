// A report for programs: schema/zero-etl-review.schema.json describes it.
import type { Format } from "./format";

/** The whole report, indented; nothing is left out. */
export const json: Format = (report) => `${JSON.stringify(report, undefined, 2)}\n`;
