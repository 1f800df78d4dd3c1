// The fenced code blocks of a Markdown text.

export interface CodeBlock {
  readonly file: string;
  /** Line of the first line of code, from 1. */
  readonly line: number;
  /** The word behind the fence; empty where there is none. */
  readonly language: string;
  readonly code: string;
}

const OPENING = /^( *)(`{3,}|~{3,})\s*(\S*)/;

/** The blocks in order; one that is never closed ends with the text. */
export function codeBlocks(file: string, text: string): CodeBlock[] {
  const lines = text.split("\n");
  const blocks: CodeBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, indent = "", fence = "", language = ""] = OPENING.exec(lines[at] ?? "") ?? [];
    if (fence === "") continue;
    const start = at + 1;
    const closing = lines.findIndex((line, index) => index >= start && line.trim() === fence);
    const end = closing === -1 ? lines.length : closing;
    const code = lines
      .slice(start, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    blocks.push({ file, line: start + 1, language, code: `${code.join("\n")}\n` });
    at = end;
  }
  return blocks;
}
