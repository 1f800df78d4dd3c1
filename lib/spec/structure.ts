// Structure: keys, types and choices, each part against the one shape that its `type` names.
import { isMapping } from "../mapping";
import type { Issue, IssuePath } from "../issues";
import { error, under } from "../issues";
import { didYouMean, suggest } from "../rules/suggest";
import { show } from "../rules/text";
import type { DraftDeclaration } from "./draft";
import { entriesOf, without } from "./draft";
import type { Schema } from "./schema";
import { DECLARATION, SOURCES, TARGETS } from "./shapes";
import type { Written } from "./structural-issues";
import { structuralIssues } from "./structural-issues";

/** The version of the file format that this release reads. */
export const DECLARATION_VERSION = 1;

/** What is left of a declaration without what cannot be used, and why that cannot be used. */
export interface Structure {
  readonly draft: DraftDeclaration;
  readonly issues: readonly Issue[];
}

/** Checks keys, types and choices of a whole declaration. */
export function checkStructure(value: unknown, written: Written): Structure {
  const version = memberOf(value, "version");
  if (typeof version === "number" && version !== DECLARATION_VERSION) {
    // Another version has other rules: nothing that could be said of the rest would be true.
    return {
      draft: {},
      issues: [
        error("unknown-version", ["version"], "this release does not read this version of the file format", {
          got: show(version),
          expected: show(DECLARATION_VERSION),
        }),
      ],
    };
  }
  const issues = [...structuralIssues(DECLARATION, value, written), ...typedIssues(value, written)];
  const unusable = issues.filter(({ code }) => code !== "missing-key").map(({ path }) => path);
  return { draft: withoutUntyped((without(value, unusable) ?? {}) as DraftDeclaration), issues };
}

// Of a source or target without a type only the label is known: nothing has checked what it holds.
function withoutUntyped({ stacks, ...rest }: DraftDeclaration): DraftDeclaration {
  const typed = <T extends { readonly type?: unknown }>(
    mapping: Readonly<Record<string, T | undefined>> = {},
  ) =>
    Object.fromEntries(
      entriesOf(mapping).map(([label, item]) => [label, item.type === undefined ? ({} as T) : item]),
    );
  if (stacks === undefined) return rest;
  return {
    ...rest,
    stacks: Object.fromEntries(
      entriesOf(stacks).map(([label, stack]) => [
        label,
        { ...stack, sources: typed(stack.sources), targets: typed(stack.targets) },
      ]),
    ),
  };
}

function typedIssues(value: unknown, written: Written): Issue[] {
  return membersOf(memberOf(value, "stacks")).flatMap(([stackLabel, stack]) =>
    (
      [
        ["source", SOURCES, TARGETS],
        ["target", TARGETS, SOURCES],
      ] as const
    ).flatMap(([role, shapes, others]) =>
      membersOf(memberOf(stack, `${role}s`)).flatMap(([label, item]) => {
        const path: IssuePath = ["stacks", stackLabel, `${role}s`, label];
        return under(
          path,
          byType(role, shapes, others, item, (below) => written([...path, ...below])),
        );
      }),
    ),
  );
}

function byType(
  role: "source" | "target",
  shapes: Readonly<Record<string, Schema>>,
  others: Readonly<Record<string, Schema>>,
  item: unknown,
  written: Written,
): Issue[] {
  if (!isMapping(item)) return [];
  const types = Object.keys(shapes);
  const type = memberOf(item, "type");
  if (type === undefined) {
    const fitting = types.filter((name) =>
      Object.keys(item).every((key) => Object.hasOwn(shapes[name]?.properties ?? {}, key)),
    );
    const [only] = fitting;
    const misspelt = Object.keys(item).find((key) => suggest(key, ["type"]) === "type");
    return [
      error("missing-key", [], "type is missing", {
        at: "key",
        expected: types.join(", "),
        ...(misspelt !== undefined && { remedy: `did you mean type by ${JSON.stringify(misspelt)}?` }),
        ...(misspelt === undefined && fitting.length === 1 && { remedy: `add type: ${only}` }),
      }),
    ];
  }
  const shape = typeof type === "string" && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (shape !== undefined) return structuralIssues(shape, item, written);
  if (typeof type === "string" && Object.hasOwn(others, type)) {
    const [is, place] = role === "source" ? ["a target", "targets"] : ["a source", "sources"];
    return [
      error("unknown-value", ["type"], `${type} is ${is}, not a ${role}`, {
        got: show(type),
        expected: types.join(", "),
        remedy: `move it to ${place}`,
      }),
    ];
  }
  return [
    error("unknown-value", ["type"], `there is no type of ${role} with this name`, {
      got: show(type),
      expected: types.join(", "),
      ...(typeof type === "string" && didYouMean(type, types)),
    }),
  ];
}

function memberOf(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function membersOf(value: unknown): [string, unknown][] {
  return isMapping(value) ? Object.entries(value) : [];
}
