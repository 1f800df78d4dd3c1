// The words that formats share: what the verdict is called, how things are counted, how a value is shown.
import { counted } from "../../counted";
import type { FindingLocation, Level } from "../finding";
import type { Action } from "../plan-view";
import type { Counts, Report, ResourceChange, ReviewedAcknowledgement, ShownValue, Verdict } from "../report";

/** The verdict in words. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  block: "blocked",
  warn: "look before you apply",
  info: "worth knowing",
  clean: "nothing to say",
};

const FINDINGS: Readonly<Record<Level, string>> = {
  block: "blocking finding",
  warn: "warning",
  info: "note",
};

/** How many findings there are of each level, and how many of all are acknowledged. */
export function findingCounts({ findings }: Pick<Report, "findings">): string {
  const open = findings.filter(({ acknowledgement }) => acknowledgement === undefined);
  const byLevel = Object.entries(FINDINGS).flatMap(([level, noun]) => {
    const count = open.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [counted(count, noun)];
  });
  const acknowledged = findings.length - open.length;
  const all = acknowledged === 0 ? byLevel : [...byLevel, `${acknowledged} acknowledged`];
  return all.length === 0 ? "no findings" : all.join(", ");
}

const VERBS: readonly (readonly [keyof Counts, string])[] = [
  ["delete", "to destroy"],
  ["replace", "to replace"],
  ["update", "to change"],
  ["create", "to create"],
  ["forget", "to forget"],
  ["move", "to move"],
  ["import", "to import"],
];

/** What a plan does, the gravest first: a replacement is no creation and no destruction. */
export function changeCounts(counts: Counts): string {
  const parts = VERBS.flatMap(([key, verb]) => (counts[key] === 0 ? [] : [`${counts[key]} ${verb}`]));
  return parts.length === 0 ? "no changes" : parts.join(", ");
}

/** What is to be done about an acknowledgement that accepts nothing; nothing for one that is used. */
export function acknowledgementFault({ state, expires }: ReviewedAcknowledgement): string | undefined {
  switch (state) {
    case "used":
      return undefined;
    case "expired":
      return `expired on ${expires}: decide anew, or remove it`;
    case "unused":
      return "accepts nothing in these plans: remove it when it has been applied";
  }
}

/** The place in the user's code, as far as it is known. */
export function placeText({ constructPath, file, line }: FindingLocation): string | undefined {
  const inFile = file === undefined ? undefined : line === undefined ? file : `${file}:${line}`;
  if (constructPath === undefined) return inFile;
  return inFile === undefined ? constructPath : `${constructPath} (${inFile})`;
}

/** What becomes of a resource. */
export const OUTCOMES: Readonly<Record<Action, string>> = {
  create: "created",
  update: "changed",
  replace: "replaced",
  delete: "destroyed",
  read: "read",
  forget: "forgotten",
  move: "moved",
  import: "imported",
  "no-op": "unchanged",
};

/** What becomes of a resource, and why: `forced` shows the names of what forces a replacement. */
export function outcome(
  { action, forcedBy, replaceOrder, reason }: ResourceChange,
  forced: (name: string) => string,
): string {
  const why =
    forcedBy.length > 0
      ? [`forced by ${forcedBy.map(forced).join(", ")}`]
      : reason === undefined
        ? []
        : [oneLine(reason.replaceAll("_", " "))];
  const order = replaceOrder === "create-first" ? ["the new one first"] : [];
  return [OUTCOMES[action], ...why, ...order].join(", ");
}

const UNSET = "(not set)";

/** A value in Terraform's words where it is hidden, and as JSON where it is known; at most `most` characters. */
export function valueText(value: ShownValue | undefined, most: number): string {
  if (value === undefined) return UNSET;
  switch (value.kind) {
    case "value":
      return shortened(JSON.stringify(value.value), most);
    case "unknown":
      return "(known after apply)";
    case "sensitive":
      return "(sensitive value)";
  }
}

/** One line without what a terminal or a browser would obey. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").replace(/\p{C}/gu, "\ufffd").trim();
}

/** At most that many characters, the last ones dots where something is missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half of a surrogate pair would be no character.
  return `${text.slice(0, most - 3).replace(/[\ud800-\udbff]$/, "")}...`;
}
