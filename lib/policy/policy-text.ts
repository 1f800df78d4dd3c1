// A policy document as text: what is not ours is kept character by character.
import type { Json } from "../json";
import type { LiveStatement } from "./canonical";
import { isObject } from "./canonical";

/** A part of a text, from the first character to the one after the last. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** One statement of a document, as it is written there. */
export interface WrittenStatement extends Span {
  readonly value: LiveStatement;
}

/** A policy document that can be changed statement by statement. */
export interface PolicyText {
  readonly text: string;
  /** Where the value of `Statement` is. */
  readonly container: Span;
  readonly statements: readonly WrittenStatement[];
}

/** Reads a policy document; nothing when it is not one that can be changed without harm. */
export function readPolicyText(text: string): PolicyText | undefined {
  const document = parse(text);
  if (!isObject(document)) return undefined;
  const containers = membersOf(text, skipSpace(text, 0)).filter(({ key }) => key === "Statement");
  const [container, another] = containers;
  if (container === undefined || another !== undefined) return undefined;
  const spans = text[container.start] === "[" ? elementsOf(text, container.start) : [container];
  const statements = spans.flatMap(({ start, end }): WrittenStatement[] => {
    const value = parse(text.slice(start, end));
    return isObject(value) ? [{ start, end, value }] : [];
  });
  return statements.length === spans.length ? { text, container, statements } : undefined;
}

/**
 * The document with the text of each statement as given, in their order, nothing for one to be left out, and others appended.
 * White space around what stays is kept, too.
 */
export function changePolicyText(
  { text, container, statements }: PolicyText,
  replacements: readonly (string | undefined)[],
  appended: readonly string[],
): string {
  const isList = text[container.start] === "[";
  const open = isList ? container.start + 1 : container.start;
  const pieces = statements.flatMap((statement, index) => {
    const piece = replacements[index];
    const before = index === 0 ? open : afterComma(text, statements[index - 1]?.end ?? open);
    const isLast = index === statements.length - 1;
    const after = isLast ? statement.end : text.indexOf(",", statement.end);
    return piece === undefined
      ? []
      : [text.slice(before, statement.start) + piece + text.slice(statement.end, after)];
  });
  const head = text.slice(0, container.start);
  const end = statements.at(-1)?.end ?? open;
  const tail = isList ? text.slice(end) : `]${text.slice(container.end)}`;
  return `${head}[${[...pieces, ...appended].join(",")}${tail}`;
}

/** The same JSON without white space between its tokens. */
export function compactJson(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string: string | undefined) => string ?? "");
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

// The text is known to be JSON from here on, so that its structure can be read off the punctuation.

interface Member extends Span {
  readonly key: string;
}

function membersOf(text: string, start: number): Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, start + 1);
  while (text[at] === '"') {
    const keyEnd = endOfValue(text, at);
    const key = JSON.parse(text.slice(at, keyEnd)) as string;
    const value = skipSpace(text, text.indexOf(":", keyEnd) + 1);
    const end = endOfValue(text, value);
    members.push({ key, start: value, end });
    at = nextAfter(text, end);
  }
  return members;
}

function elementsOf(text: string, start: number): Span[] {
  const elements: Span[] = [];
  let at = skipSpace(text, start + 1);
  while (text[at] !== "]") {
    const end = endOfValue(text, at);
    elements.push({ start: at, end });
    at = nextAfter(text, end);
  }
  return elements;
}

function nextAfter(text: string, end: number): number {
  const at = skipSpace(text, end);
  return text[at] === "," ? skipSpace(text, at + 1) : at;
}

function afterComma(text: string, end: number): number {
  return text.indexOf(",", end) + 1;
}

function skipSpace(text: string, at: number): number {
  return matchAt(/\s*/y, text, at);
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const character = text[at] ?? "";
    if (character === '"') at = matchAt(/"(?:[^"\\]|\\.)*"/y, text, at);
    else if (/[[{]/.test(character)) [depth, at] = [depth + 1, at + 1];
    else if (/[\]}]/.test(character)) [depth, at] = [depth - 1, at + 1];
    else at = matchAt(/[^"[\]{},\s]+|[,\s]/y, text, at);
  } while (depth > 0);
  return at;
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}
