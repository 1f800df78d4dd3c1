// The file of acknowledgements: from YAML text to values, or to everything that is wrong with it.
import type { Mapping } from "../mapping";
import { isMapping } from "../mapping";
import type { Issue, IssuePath } from "../issues";
import { error, under, warning } from "../issues";
import { didYouMean, suggest } from "../rules/suggest";
import { notEmptyRules, show } from "../rules/text";
import type { LocatedIssue } from "../spec/located";
import { sortIssues } from "../spec/located";
import type { YamlSource } from "../spec/yaml";
import { readYaml } from "../spec/yaml";
import type { Acknowledgement } from "./report";

/** The file that is read, where it exists, when nothing names another. */
export const DEFAULT_ACKNOWLEDGEMENTS_FILE = "zero-etl-acknowledgements.yaml";
/** The version of the file format that this release reads. */
export const ACKNOWLEDGEMENTS_VERSION = 1;
/** The reasons that tell a reader nothing are shorter. */
export const SHORTEST_REASON = 10;

/** What a text accepts, when nothing is wrong with it, and every issue by position. */
export interface ParsedAcknowledgements {
  /** Absent when there is an error. */
  readonly acknowledgements?: readonly Acknowledgement[];
  readonly issues: readonly LocatedIssue[];
}

const ROOT_KEYS = ["version", "acknowledgements"];
const REQUIRED_KEYS = ["rule", "address", "reason", "expires"] as const;
const ENTRY_KEYS = [...REQUIRED_KEYS, "stack"];

/** Reads a file of acknowledgements from its text; `rules` are the ids of all rules. */
export function parseAcknowledgements(
  text: string,
  file: string,
  rules: readonly string[],
): ParsedAcknowledgements {
  const { source, issues: textIssues } = readYaml(text);
  const found = textIssues.map(({ place, ...issue }): LocatedIssue => ({
    ...issue,
    ...(issue.code === "empty-file" && { expected: "version and acknowledgements" }),
    file,
    ...place,
  }));
  if (source === undefined) return { issues: sortIssues(found) };
  const issues = sortIssues([
    ...found,
    ...rootIssues(source.value, rules).map((issue) => locate(issue, source, file)),
  ]);
  if (issues.some(({ severity }) => severity === "error")) return { issues };
  const { acknowledgements } = source.value as { readonly acknowledgements: readonly Acknowledgement[] };
  return {
    issues,
    acknowledgements: acknowledgements.map(({ rule, address, stack, reason, expires }, index) => ({
      rule,
      address,
      ...(stack !== undefined && { stack }),
      reason: reason.trim(),
      expires,
      location: { file, line: source.placeOf(["acknowledgements", index]).line },
    })),
  };
}

function locate(issue: Issue, source: YamlSource, file: string): LocatedIssue {
  return {
    ...issue,
    file,
    ...source.placeOf(issue.path, issue.at),
    ...(issue.related && { relatedPlaces: issue.related.map((path) => source.placeOf(path)) }),
  };
}

function rootIssues(root: unknown, rules: readonly string[]): Issue[] {
  if (!isMapping(root))
    return [wrongType([], "the file", root, "a mapping with version and acknowledgements")];
  const { version, acknowledgements: entries } = root;
  if (typeof version === "number" && version !== ACKNOWLEDGEMENTS_VERSION) {
    return [
      error("unknown-version", ["version"], "this release does not read this version of the file format", {
        got: show(version),
        expected: show(ACKNOWLEDGEMENTS_VERSION),
      }),
    ];
  }
  return [
    ...keyIssues(root, ROOT_KEYS, ROOT_KEYS),
    ...(version === undefined || version === ACKNOWLEDGEMENTS_VERSION
      ? []
      : [wrongType(["version"], "version", version, String(ACKNOWLEDGEMENTS_VERSION))]),
    ...(entries === undefined ? [] : listIssues(entries, rules)),
  ];
}

function listIssues(entries: unknown, rules: readonly string[]): Issue[] {
  const path = ["acknowledgements"];
  if (!Array.isArray(entries)) return [wrongType(path, "acknowledgements", entries, "a list")];
  const list = entries as readonly unknown[];
  return under(path, [
    ...list.flatMap((entry, index) => under([index], entryIssues(entry, rules))),
    ...duplicates(list),
  ]);
}

function entryIssues(entry: unknown, rules: readonly string[]): Issue[] {
  if (!isMapping(entry))
    return [wrongType([], "an acknowledgement", entry, `a mapping with ${REQUIRED_KEYS.join(", ")}`)];
  const texts = ENTRY_KEYS.filter((key) => Object.hasOwn(entry, key)).flatMap((key) =>
    typeof entry[key] === "string"
      ? notEmptyRules([key], key, entry[key])
      : [wrongType([key], key, entry[key], "a text")],
  );
  const read = (key: string) => (typeof entry[key] === "string" ? entry[key] : undefined);
  return [
    ...keyIssues(entry, ENTRY_KEYS, REQUIRED_KEYS),
    ...texts,
    ...ruleIssues(read("rule"), rules),
    ...addressIssues(read("address")),
    ...reasonIssues(read("reason")),
    ...expiryIssues(read("expires")),
  ];
}

// A warning: the file may be older or newer than the release that reads it.
function ruleIssues(rule: string | undefined, rules: readonly string[]): Issue[] {
  if (rule === undefined || rule.trim() === "" || rules.includes(rule)) return [];
  return [
    warning("acknowledged-rule", ["rule"], "there is no rule with this id, so nothing is accepted", {
      got: show(rule),
      ...didYouMean(rule, rules, "remove the acknowledgement"),
    }),
  ];
}

function addressIssues(address: string | undefined): Issue[] {
  if (address === undefined || address.trim() === "") return [];
  // What stands in quotes is the key of an instance, where every letter may stand.
  const plain = address.replace(/"(?:[^"\\]|\\.)*"/g, "");
  const details = {
    got: show(address),
    expected: "a Terraform address, or its beginning and a star: aws_iam_role.*",
  };
  if (plain.slice(0, -1).includes("*")) {
    return [error("acknowledged-address", ["address"], "a star stands elsewhere than at the end", details)];
  }
  if (/\s/.test(plain) || (!plain.includes(".") && !plain.endsWith("*"))) {
    return [error("acknowledged-address", ["address"], "the address is no Terraform address", details)];
  }
  return [];
}

function reasonIssues(reason: string | undefined): Issue[] {
  if (reason === undefined || reason.trim() === "" || reason.trim().length >= SHORTEST_REASON) return [];
  return [
    error("empty-text", ["reason"], "reason says too little", {
      got: show(reason),
      expected: `at least ${SHORTEST_REASON} characters`,
      remedy: "say why the finding is acceptable, for those who read it when it expires",
    }),
  ];
}

function expiryIssues(expires: string | undefined): Issue[] {
  if (expires === undefined || expires.trim() === "" || isDay(expires)) return [];
  return [
    error("acknowledgement-expires", ["expires"], "expires is not a day", {
      got: show(expires),
      expected: "YYYY-MM-DD, the last day on which it holds",
    }),
  ];
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // The 31st of a short month would be a day of the next one.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function duplicates(entries: readonly unknown[]): Issue[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    if (!isMapping(entry)) return [];
    const { rule, address, stack } = entry;
    const key = JSON.stringify([rule, address, stack]);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, index);
      return [];
    }
    return [
      error("duplicate-acknowledgement", [index], "the same finding is acknowledged twice", {
        remedy: "remove one of the two: only the first would count",
        related: [[other]],
      }),
    ];
  });
}

// One fault, one issue: what is misspelt is not missing as well.
function keyIssues(mapping: Mapping, known: readonly string[], required: readonly string[]): Issue[] {
  const unknown = Object.keys(mapping).filter((key) => !known.includes(key));
  const meant = unknown.map((key) => suggest(key, known));
  return [
    ...unknown.map((key) =>
      error("unknown-key", [key], `key ${JSON.stringify(key)} is not known here`, {
        at: "key",
        expected: known.join(", "),
        ...didYouMean(key, known),
      }),
    ),
    ...required
      .filter((key) => mapping[key] === undefined && !meant.includes(key))
      .map((key) => error("missing-key", [], `${key} is missing`, { at: "key", remedy: `add ${key}` })),
  ];
}

function wrongType(path: IssuePath, noun: string, value: unknown, expected: string): Issue {
  return error("wrong-type", path, `${noun} is not ${expected}`, { got: show(value), expected });
}
