// Markdown, as the generated parts of the documentation need it.

/** A text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** Texts as code, in one cell. */
export function codes(texts: readonly string[]): string {
  return texts.map(code).join(", ");
}

/** A table, one line a row. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}
