// YAML or JSON text as a value of which every part knows its place.
import type { Alias, Document, Node, Pair } from "yaml";
import { Composer, LineCounter, Parser, isAlias, isMap, isNode, isScalar, isSeq, visit } from "yaml";
import type { Issue, IssueCode, IssueDetails, IssuePath } from "../issues";
import { error } from "../issues";
import type { Place } from "./located";
import { nestingOf, syntaxMessage } from "./yaml-syntax";

/** An issue at an offset of the text, before there is a value to speak of. */
export interface TextIssue extends Issue {
  readonly place: Place;
}

/** What was read: the value with its places, or why there is none; duplicate keys come with both. */
export interface YamlText {
  readonly source?: YamlSource;
  readonly issues: readonly TextIssue[];
}

// A declaration is about ten levels deep. The parser's own recursion ends the process at a few thousand.
const DEEPEST = 64;
// Enough for one shared anchor in every integration of a large file, and far from what makes a value explode.
const MOST_ALIASES = 5_000;

/** Reads a text; whatever it holds, this returns. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const fail = (code: IssueCode, offset: number, message: string, details?: IssueDetails): TextIssue => ({
    ...error(code, [], message, details),
    place: placeOf(lines, offset),
  });
  const tokens = [...new Parser((offset) => lines.addNewLine(offset)).parse(text)];
  if (nestingOf(tokens) > DEEPEST) {
    return {
      issues: [
        fail("yaml-syntax", 0, "the file is nested too deeply", { expected: `at most ${DEEPEST} levels` }),
      ],
    };
  }
  // Merge keys are YAML 1.1; people who share settings by anchors expect them.
  const composer = new Composer({ merge: true, resolveKnownTags: false, logLevel: "error" });
  const documents = [...composer.compose(tokens, true, text.length)];
  const filled = documents.filter(
    (document) => document.contents !== null && !isEmptyScalar(document.contents),
  );
  const [document] = filled;
  // One fault makes the parser stumble many times: the first is the one to mend.
  const [fault] = documents
    .flatMap(({ errors, warnings }) => [...errors, ...warnings])
    .filter(({ code }) => code !== "DUPLICATE_KEY")
    .sort((a, b) => a.pos[0] - b.pos[0]);
  if (fault !== undefined) {
    const tag = fault.code === "TAG_RESOLVE_FAILED";
    const { message, ...details } = syntaxMessage(fault, text);
    return { issues: [fail(tag ? "yaml-tag" : "yaml-syntax", fault.pos[0], message, details)] };
  }
  if (document === undefined) {
    return {
      issues: [
        fail("empty-file", 0, "the file holds nothing", { expected: "version, environments and stacks" }),
      ],
    };
  }
  const second = filled[1];
  if (second !== undefined) {
    return {
      issues: [
        fail(
          "several-documents",
          second.contents?.range?.[0] ?? 0,
          "the file holds more than one YAML document",
          {
            remedy: "remove what follows the line ---, or make it another stack of the first document",
          },
        ),
      ],
    };
  }
  const duplicates = document.errors.map(({ pos }) =>
    fail("duplicate-key", pos[0], `key ${JSON.stringify(keyAt(document, pos[0]))} is there twice`, {
      remedy: "remove or rename one of the two: only one of them would count",
    }),
  );
  const aliases = resolveAliases(document);
  if ("fault" in aliases) {
    return { issues: [...duplicates, fail("yaml-alias", aliases.alias?.range?.[0] ?? 0, aliases.fault)] };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { source: new YamlSource(document, lines, aliases.targets, value), issues: duplicates };
  } catch (cause) {
    // The library's guards: against aliases that multiply, and against merge keys without a mapping.
    if (cause instanceof ReferenceError) {
      return {
        issues: [
          ...duplicates,
          fail("yaml-alias", 0, "the aliases of the file multiply into too many values"),
        ],
      };
    }
    return {
      issues: [
        ...duplicates,
        fail(
          "yaml-alias",
          faultyMerge(document, aliases.targets),
          "a merge key << takes a mapping or an alias of one",
        ),
      ],
    };
  }
}

/** A value and the text it was read from. */
export class YamlSource {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly targets: ReadonlyMap<Alias, Node>,
    readonly value: unknown,
  ) {}

  /** Where the value at a path stands, or its key; where nothing stands there, the nearest thing around it. */
  placeOf(path: IssuePath, at: "key" | "value" = "value"): Place {
    let node: Node | null = this.document.contents;
    let place = startOf(node) ?? 0;
    for (const [index, step] of path.entries()) {
      const found = this.step(node, step);
      if (found === undefined) break;
      const last = index === path.length - 1;
      const key = startOf(found.key);
      place = (last && at === "value" ? startOf(found.value) : key) ?? key ?? startOf(found.value) ?? place;
      node = found.value;
    }
    return placeOf(this.lines, place);
  }

  /** A scalar as it is written, before it became a number or a boolean. */
  writtenAt(path: IssuePath): string | undefined {
    let node: Node | null = this.document.contents;
    for (const step of path) node = this.step(node, step)?.value ?? null;
    const target = this.resolve(node);
    return isScalar(target) ? target.source : undefined;
  }

  private resolve(node: Node | null): Node | null {
    return isAlias(node) ? (this.targets.get(node) ?? null) : node;
  }

  private step(
    from: Node | null,
    step: string | number,
  ): { key: Node | null; value: Node | null } | undefined {
    const node = this.resolve(from);
    if (isSeq(node)) {
      const item = node.items[Number(step)];
      return isNode(item) ? { key: null, value: item } : undefined;
    }
    if (!isMap(node)) return undefined;
    // Of a duplicate key the last one counts.
    const pair = node.items.filter(({ key }) => this.keyText(key) === String(step)).at(-1);
    if (pair !== undefined)
      return { key: isNode(pair.key) ? pair.key : null, value: isNode(pair.value) ? pair.value : null };
    return this.stepThroughMerge(node.items, step);
  }

  private stepThroughMerge(
    pairs: readonly Pair[],
    step: string | number,
  ): { key: Node | null; value: Node | null } | undefined {
    const merged = pairs
      .filter(({ key }) => this.keyText(key) === "<<")
      .map(({ value }) => this.resolve(value as Node | null));
    for (const source of merged.flatMap((node) => (isSeq(node) ? (node.items as Node[]) : [node]))) {
      const found = this.step(source, step);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private keyText(key: unknown): string | undefined {
    return textOf(this.resolve(isNode(key) ? key : null));
  }
}

interface AliasFault {
  readonly alias?: Alias;
  readonly fault: string;
}

function resolveAliases(document: Document): { readonly targets: ReadonlyMap<Alias, Node> } | AliasFault {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  let found: AliasFault | undefined;
  visit(document, {
    Node(_, node, path) {
      if (!isAlias(node)) {
        if ("anchor" in node && typeof node.anchor === "string") anchors.set(node.anchor, node);
        return undefined;
      }
      const target = anchors.get(node.source);
      if (target === undefined)
        found = { alias: node, fault: `alias *${node.source} has no anchor &${node.source} before it` };
      else if (path.includes(target))
        found = { alias: node, fault: `alias *${node.source} stands inside its own anchor` };
      else if (targets.size >= MOST_ALIASES)
        found = { alias: node, fault: `the file has more than ${MOST_ALIASES} aliases` };
      else targets.set(node, target);
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found ?? { targets };
}

// Where the merge key stands that has nothing to merge.
function faultyMerge(document: Document, targets: ReadonlyMap<Alias, Node>): number {
  const isMapping = (node: unknown) => isMap(isAlias(node) ? targets.get(node) : node);
  let offset = 0;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isNode(key) || textOf(key) !== "<<") return undefined;
      const sources: readonly unknown[] = isSeq(value) ? value.items : [value];
      if (sources.every(isMapping)) return undefined;
      offset = startOf(key) ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function textOf(key: Node | null): string | undefined {
  if (!isScalar(key)) return undefined;
  // The parser reads a merge key as a symbol.
  return typeof key.value === "symbol" ? key.value.description : String(key.value ?? "");
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.source ?? "") === "";
}

function keyAt(document: Document, offset: number): string {
  let text = "";
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.range?.[0] !== offset) return undefined;
      text = String(key.value ?? "");
      return visit.BREAK;
    },
  });
  return text;
}

function startOf(node: Node | null): number | undefined {
  return node?.range?.[0];
}

function placeOf(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
