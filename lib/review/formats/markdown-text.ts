// Texts of a plan in Markdown as GitHub and GitLab render it: they stand for themselves and call nobody.
import { oneLine, shortened } from "./wording";

// References of GitHub and GitLab are looked for after Markdown has been read, so that an entity alone does not stop them.
const REFERENCES = /[@#!$~%&^]/u;
const ZERO_WIDTH_SPACE = "&#8203;";

// All but letters, digits and what is no markup: colons before slashes and dots after www begin links, underscores within a
// word emphasise nothing.
const MARKUP =
  /(?<=www)\.|:(?=\/\/)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|[^\p{L}\p{N}\p{M} ,;()'\ufffd"=._/:-]/giu;
// In prose a word between colons is an emoji.
const EMOJI = /:(?! |$)/gu;

/** Words between other words. */
export function prose(text: string, most = 1_000): string {
  return escaped(text, most, EMOJI, (character) =>
    REFERENCES.test(character) ? `${entity(character)}${ZERO_WIDTH_SPACE}` : entity(character),
  );
}

/** A name or a value, letter by letter: nothing in it is a reference, because it is code. */
export function code(text: string, most = 300): string {
  return `<code>${escaped(text, most, undefined, entity)}</code>`;
}

/** Names or values, one below the other in the cell of a table. */
export function codes(texts: readonly string[], most = 20): string {
  const left = texts.length - most;
  return [...texts.slice(0, most).map((text) => code(text)), ...(left > 0 ? [`${left} more`] : [])].join(
    "<br>",
  );
}

/** A row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A table; no text where it has no rows. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  return [row(headings), row(headings.map(() => "---")), ...rows.map(row)].join("\n");
}

/** What is folded away until somebody opens it. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function escaped(
  text: string,
  most: number,
  also: RegExp | undefined,
  escape: (character: string) => string,
): string {
  const marked = shortened(oneLine(text), most).replace(MARKUP, escape);
  return also === undefined ? marked : marked.replace(also, escape);
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
