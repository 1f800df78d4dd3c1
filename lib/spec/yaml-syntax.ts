// What the YAML parser complains about, in words that say what to do.
import type { CST, YAMLError } from "yaml";
import type { IssueDetails } from "../issues";

/** How deep the tokens are nested; counted without recursion, because that is what deep nesting breaks. */
export function nestingOf(tokens: readonly CST.Token[]): number {
  let deepest = 0;
  const open: [CST.Token | null | undefined, number][] = tokens.map((token) => [token, 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    if (token === null || token === undefined) continue;
    deepest = Math.max(deepest, depth);
    if (token.type === "document") open.push([token.value, depth]);
    if (!("items" in token)) continue;
    for (const { key, value } of token.items) open.push([key, depth + 1], [value, depth + 1]);
  }
  return deepest;
}

const QUOTE = { remedy: "put the text in quotes" };

/** The message and the remedy for an error of the parser. */
export function syntaxMessage(
  { code, message, pos }: YAMLError,
  text: string,
): { readonly message: string } & IssueDetails {
  switch (code) {
    case "TAB_AS_INDENT":
      return { message: "a tab is used as indentation", remedy: "indent with spaces" };
    case "BAD_SCALAR_START":
      return {
        message: `a text without quotes begins with ${text[pos[0]] ?? "a reserved character"}`,
        ...QUOTE,
      };
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return {
        message: "a mapping begins where a value stands already",
        remedy:
          "put a text that holds a colon in quotes, and nested keys on lines of their own with one more indentation",
      };
    case "MISSING_CHAR":
      if (/closing .?quote/.test(message))
        return { message: "a text in quotes is not closed", remedy: "close the quotes" };
      return { message: plainly(message) };
    case "TAG_RESOLVE_FAILED":
      return {
        message: "a YAML tag means nothing in a declaration",
        got: text.slice(pos[0], pos[1]),
        remedy: "remove the tag",
      };
    default:
      return { message: plainly(message) };
  }
}

function plainly(message: string): string {
  return `${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.$/, "")}`;
}
