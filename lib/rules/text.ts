// What rules say about a text: how long it is, how a value is shown, which word was probably meant.
import type { Length } from "../facts/limits";
import type { Issue, IssueCode, IssuePath } from "../issues";
import { error } from "../issues";

const SHOWN = 80;

/** A value as the `got` of an issue: short, and with its type where the type is what is wrong. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value !== "string") return String(value);
  const characters = [...value];
  return JSON.stringify(characters.length <= SHOWN ? value : `${characters.slice(0, SHOWN).join("")}...`);
}

/** How many characters a text has, as AWS counts them. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Refuses a text that is shorter or longer than the limit; `noun` is what the text is: `integration name`. */
export function lengthRules(
  code: IssueCode,
  path: IssuePath,
  noun: string,
  text: string | undefined,
  { min, max }: Length,
  remedy?: string,
): Issue[] {
  if (text === undefined) return [];
  const length = lengthOf(text);
  if (length >= min && length <= max) return [];
  const fault =
    length === 0
      ? "is empty"
      : length < min
        ? `is shorter than ${min} characters`
        : `is longer than ${max} characters`;
  return [
    error(code, path, `${noun} ${fault}`, {
      got: `${length} characters`,
      expected: min === 0 ? `at most ${max} characters` : `${min} to ${max} characters`,
      ...(remedy !== undefined && { remedy }),
    }),
  ];
}

/** Refuses an empty text where any other will do. */
export function notEmptyRules(path: IssuePath, noun: string, text: string | undefined): Issue[] {
  if (text === undefined || text.trim() !== "") return [];
  return [
    error("empty-text", path, `${noun} is empty`, {
      got: show(text),
      remedy: "give it a value",
    }),
  ];
}

/** Refuses an empty list, an empty text in it, and an entry that is there twice. */
export function listRules(
  path: IssuePath,
  noun: string,
  list: readonly string[] | undefined,
  whenEmpty: string,
): Issue[] {
  if (list === undefined) return [];
  if (list.length === 0) {
    return [error("empty-list", path, `${noun} is an empty list`, { got: show(list), remedy: whenEmpty })];
  }
  return list.flatMap((text, index) => {
    const first = list.indexOf(text);
    if (text.trim() === "") return notEmptyRules([...path, index], `an entry of ${noun}`, text);
    if (first === index) return [];
    return [
      error("duplicate-entry", [...path, index], `${noun} holds ${show(text)} twice`, {
        remedy: "remove one of the two",
        related: [[...path, first]],
      }),
    ];
  });
}
