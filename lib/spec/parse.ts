// From the text of a declaration to a validated value, or to everything that is wrong with it.
import type { Issue } from "../issues";
import { error } from "../issues";
import { show } from "../rules/text";
import type { LocatedIssue } from "./located";
import { sortIssues } from "./located";
import { togetherRules } from "./ownership";
import { partRules } from "./part-rules";
import { absenceRules, referenceRules } from "./references";
import { checkStructure } from "./structure";
import { supportRules } from "./support";
import type { Declaration, StackSpec } from "./types";
import { watchingRules } from "./watching";
import type { YamlSource } from "./yaml";
import { readYaml } from "./yaml";

/** What a text declares, when nothing is wrong with it, and every issue by position. */
export interface ParsedDeclaration {
  /** Absent when there is an error. */
  readonly declaration?: Declaration;
  readonly issues: readonly LocatedIssue[];
}

/** Reads a declaration from YAML or JSON text; `fileName` is what issues call the file. */
export function parseDeclaration(text: string, fileName: string): ParsedDeclaration {
  const { source, issues: textIssues } = readYaml(text);
  const found = textIssues.map(({ place, ...issue }): LocatedIssue => ({
    ...issue,
    file: fileName,
    ...place,
  }));
  if (source === undefined) return { issues: sortIssues(found) };
  const { value } = source;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    const root = error("wrong-type", [], "the file is not a mapping", {
      got: show(value),
      expected: "a mapping with version, environments and stacks",
    });
    return { issues: sortIssues([...found, locate(root, source, fileName)]) };
  }
  const { draft, issues: structural } = checkStructure(value, (path) => source.writtenAt(path));
  const references = referenceRules(draft);
  const issues = [
    ...structural,
    ...references,
    ...(structural.length + references.length === 0 ? absenceRules(draft) : []),
    ...partRules(draft),
    ...togetherRules(draft, structural.length === 0),
    ...supportRules(draft),
    ...watchingRules(draft),
  ];
  const located = sortIssues(distinct([...found, ...issues.map((issue) => locate(issue, source, fileName))]));
  if (located.some(({ severity }) => severity === "error")) return { issues: located };
  return { declaration: complete(value as Declaration), issues: located };
}

function locate(issue: Issue, source: YamlSource, file: string): LocatedIssue {
  return {
    ...issue,
    file,
    ...source.placeOf(issue.path, issue.at),
    ...(issue.related && { relatedPlaces: issue.related.map((path) => source.placeOf(path, "key")) }),
  };
}

// Through an alias one fault is found wherever the alias stands.
function distinct(issues: readonly LocatedIssue[]): LocatedIssue[] {
  const byText = new Map(
    issues.map((issue) => [
      JSON.stringify([issue.line, issue.column, issue.code, issue.message, issue.got]),
      issue,
    ]),
  );
  return [...byText.values()];
}

// Structure and labels have been checked: what is missing here is what may be missing.
function complete({ version, environments, stacks }: Declaration): Declaration {
  return {
    version,
    environments,
    stacks: Object.fromEntries(
      Object.entries(stacks).map(([label, stack]): [string, StackSpec] => [
        label,
        {
          ...stack,
          sources: stack.sources ?? {},
          targets: stack.targets ?? {},
          integrations: stack.integrations ?? {},
        },
      ]),
    ),
  };
}
