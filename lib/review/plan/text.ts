// The bytes of a plan file to JSON, or what they are instead.
import type { Issue } from "../../issues";
import { error } from "../../issues";
import type { Json } from "../../json";

/** What became of reading something: the value, or the one reason why not. */
export type Read<T> =
  { readonly value: T; readonly issue?: undefined } | { readonly value?: undefined; readonly issue: Issue };

const SHOW = "write it with terraform show -json <plan file> > plan.json";

/** Parses the bytes of a plan file; the message never repeats what the file holds, because that may be sensitive. */
export function parsePlanText(bytes: Uint8Array): Read<Json> {
  if (startsWith(bytes, "PK\u0003\u0004")) {
    return refuse("plan-binary", "the file is the plan itself, which only Terraform reads", { remedy: SHOW });
  }
  const text = decode(bytes);
  if (text === undefined) {
    return refuse("plan-too-large", `the file is ${Math.round(bytes.length / 1e6)} MB long`, {
      expected: "at most 500 MB",
      remedy: "review the plan of each stack on its own",
    });
  }
  if (text.trim() === "") {
    return refuse("plan-empty", "the file holds nothing", { remedy: `let the plan succeed, then ${SHOW}` });
  }
  try {
    return { value: JSON.parse(text) as Json };
  } catch (thrown) {
    return explain(text, thrown instanceof Error ? thrown.message : "");
  }
}

function decode(bytes: Uint8Array): string | undefined {
  // PowerShell redirects into UTF-16.
  const encoding = startsWith(bytes, "\u00ff\u00fe")
    ? "utf-16le"
    : startsWith(bytes, "\u00fe\u00ff")
      ? "utf-16be"
      : "utf-8";
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return undefined;
  }
}

function startsWith(bytes: Uint8Array, latin: string): boolean {
  return [...latin].every((character, index) => bytes[index] === character.charCodeAt(0));
}

function explain(text: string, message: string): Read<Json> {
  const trimmed = text.trim();
  if (/^\{"@level":/.test(trimmed)) {
    return refuse("plan-text", "the file is the log of terraform plan -json, not a plan", { remedy: SHOW });
  }
  if (!/^[{[]/.test(trimmed)) {
    return refuse("plan-text", "the file is text, such as terraform plan prints, not JSON", { remedy: SHOW });
  }
  const position = positionOf(message);
  const isCut =
    /end of JSON|Unterminated/.test(message) || (position !== undefined && isAtEnd(text, position));
  if (isCut) {
    return refuse("plan-truncated", "the file ends in the middle of the plan", {
      remedy: `look whether the disk was full or the step was cancelled, and ${SHOW}`,
    });
  }
  const place = position === undefined ? "" : ` at ${lineAndColumn(text, position)}`;
  return refuse("plan-json", `the file is not JSON${place}`, { remedy: SHOW });
}

// V8 quotes the text around the fault, so that only the position may be taken from its message.
function positionOf(message: string): number | undefined {
  const digits = /at position (\d+)/.exec(message)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function isAtEnd(text: string, position: number): boolean {
  return text.slice(position).trim() === "";
}

function lineAndColumn(text: string, position: number): string {
  const lines = text.slice(0, position).split("\n");
  return `line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}

/** The one reason why a plan is not read. */
export function refuse(
  code: Issue["code"],
  message: string,
  details: Pick<Issue, "got" | "expected" | "remedy"> = {},
): { readonly issue: Issue } {
  return { issue: error(code, [], message, details) };
}
