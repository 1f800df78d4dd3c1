// The parts of the documentation that are written from the data that the code uses.
import type { EntityFacts } from "../lib/facts/connectors";
import { CONNECTORS } from "../lib/facts/connectors";
import type { PairSupport } from "../lib/facts/compatibility";
import { pairSupport } from "../lib/facts/compatibility";
import { CONNECTION_SOURCE_KINDS, SOURCE_KINDS, TARGET_KINDS } from "../lib/facts/kinds";
import { dashboardDrawing } from "./dashboard-drawing";
import { errors, exitStatuses } from "./error-sections";
import { code, codes, markdownTable } from "./markdown";
import { failures, operatorRefusals, waits } from "./operator-sections";
import {
  cloudControlActions,
  dataSourceActions,
  operatorPermissions,
  resourceActions,
} from "./permission-sections";
import { reviewRuleDetails, reviewRules } from "./review-rules";

const SUPPORT: Readonly<Record<PairSupport, string>> = {
  documented: "documented",
  general: "in general terms",
  unknown: "unknown",
  impossible: "impossible",
};

/** Source by target: what AWS documents of each pair. */
export function compatibility(): string {
  return markdownTable(
    ["source", ...TARGET_KINDS.map(code)],
    SOURCE_KINDS.map((source) => [
      `[${code(source)}](examples/sources/${source}.yaml)`,
      ...TARGET_KINDS.map((target) => SUPPORT[pairSupport(source, target)]),
    ]),
  );
}

/** The sources that are reached through a connection: their products and what is known of their entities. */
export function connectors(): string {
  return markdownTable(
    ["type", "product", "connection type", "default interval", "entities"],
    CONNECTION_SOURCE_KINDS.map((kind) => {
      const { title, connectionType, defaultRefreshInterval, entities } = CONNECTORS[kind];
      return [
        code(kind),
        title,
        code(connectionType),
        `${defaultRefreshInterval} minutes`,
        entitiesText(entities),
      ];
    }),
  );
}

function entitiesText(facts: EntityFacts): string {
  switch (facts.support) {
    case "listed":
      return codes(facts.entities.map(({ name }) => name));
    case "except":
      return `all but ${facts.unsupported.length} that AWS lists`;
    case "any":
      return "any";
  }
}

/** Every generated part by the name that stands in its marker. */
export const SECTIONS: Readonly<Record<string, () => string>> = {
  compatibility,
  connectors,
  errors,
  failures,
  waits,
  "cloud-control-actions": cloudControlActions,
  "data-source-actions": dataSourceActions,
  dashboard: dashboardDrawing,
  "exit-statuses": exitStatuses,
  "operator-permissions": operatorPermissions,
  "operator-refusals": operatorRefusals,
  "resource-actions": resourceActions,
  "review-rule-details": reviewRuleDetails,
  "review-rules": reviewRules,
};

/** The files that have generated parts. */
export const GENERATED_FILES = [
  "README.md",
  "docs/errors.md",
  "docs/operator.md",
  "docs/permissions.md",
  "docs/review.md",
  "docs/status.md",
] as const;

const MARKED = /(<!-- generated: ([\w-]+) -->\n)[^]*?(\n<!-- end -->)/g;

/** The text with every marked part written anew; throws for a marker that names no part. */
export function withSections(text: string): string {
  return text.replace(MARKED, (_all, begin: string, name: string, end: string) => {
    const section = SECTIONS[name];
    if (section === undefined) throw new Error(`there is no generated part ${name}`);
    return `${begin}${section()}${end}`;
  });
}
