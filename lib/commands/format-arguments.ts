// In which formats a report is written, and where to.
import { suggest } from "../rules/suggest";

/** Every format, the default first; `lib/review/formats` has the same, and is loaded later. */
export const FORMAT_NAMES = ["text", "markdown", "json", "sarif", "junit", "github", "gitlab"] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** A report that is to be written. */
export interface FormatArgument {
  readonly format: FormatName;
  /** Absent: standard output. */
  readonly file?: string;
}

/** `markdown`, `markdown=comment.md`; a text where it is none of that. */
export function formatArgument(word: string): FormatArgument | string {
  const at = word.indexOf("=");
  const name = at === -1 ? word : word.slice(0, at);
  const format = FORMAT_NAMES.find((known) => known === name);
  if (format === undefined) {
    const meant = suggest(name, FORMAT_NAMES);
    return meant === undefined ? `allowed choices are ${FORMAT_NAMES.join(", ")}` : `did you mean ${meant}?`;
  }
  if (at === -1) return { format };
  const file = word.slice(at + 1);
  return file === "" || file === "-" ? { format } : { format, file };
}

/** The one format that standard output takes, when none or several are asked for; several are a fault. */
export function formatFault(formats: readonly FormatArgument[]): string | undefined {
  const bare = formats.filter(({ file }) => file === undefined).map(({ format }) => format);
  if (bare.length > 1) {
    return `standard output takes one format: ${bare.join(", ")}; write the others into files: ${bare[1]}=report`;
  }
  const files = formats.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  return twice === undefined ? undefined : `two formats would be written into ${twice}`;
}
