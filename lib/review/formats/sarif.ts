// A report in SARIF 2.1.0, as code scanning reads it.
import type { Json } from "../../json";
import type { Level } from "../finding";
import type { ReviewedAcknowledgement, ReviewedFinding } from "../report";
import type { Format, FormatOptions } from "./format";
import { filePlace, fingerprint, uriOf } from "./place";
import { acknowledgementFault, oneLine } from "./wording";

type SarifLevel = "error" | "warning" | "note";

const LEVELS: Readonly<Record<Level, SarifLevel>> = { block: "error", warn: "warning", info: "note" };

/** One run with every rule, also those that found nothing, and every finding. */
export const sarif: Format = (report, options) => {
  const log: Json = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driver(options) },
        invocations: [
          {
            executionSuccessful: true,
            toolConfigurationNotifications: report.acknowledgements.flatMap(notification),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => result(finding, options)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function driver({ version, docs, rules }: FormatOptions): Json {
  return {
    name: "zero-etl",
    semanticVersion: version,
    informationUri: `${docs}pull-requests.md`,
    rules: rules.map(({ id, title, levels, page }) => ({
      id,
      shortDescription: { text: title },
      helpUri: `${docs}${page}`,
      defaultConfiguration: { level: LEVELS[levels[0]] },
    })),
  };
}

function result(finding: ReviewedFinding, options: FormatOptions): Json {
  const { rule, stack, address, attribute, reason, consequence, remedy, location, acknowledgement } = finding;
  const { file, line } = filePlace(finding, options);
  const ruleIndex = options.rules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    // Code scanning does not look at suppressions: what is accepted must not fail its check.
    level: acknowledgement === undefined ? LEVELS[finding.level] : "note",
    message: { text: oneLine(`${reason}; data: ${consequence}; instead: ${remedy}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: line } },
        logicalLocations: [
          { name: address, fullyQualifiedName: [stack, address].filter(Boolean).join("/"), kind: "resource" },
          ...(location?.constructPath === undefined
            ? []
            : [{ fullyQualifiedName: `${stack}/${location.constructPath}`, kind: "object" }]),
        ],
      },
    ],
    // The name under which code scanning looks for it; the number tells equal lines apart.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(finding).slice(0, 32)}:1` },
    ...(acknowledgement !== undefined && {
      suppressions: [
        {
          kind: "external",
          status: "accepted",
          justification: `${acknowledgement.reason} (until ${acknowledgement.expires})`,
        },
      ],
    }),
    properties: { stack, address, level: finding.level, ...(attribute !== undefined && { attribute }) },
  };
}

function notification(acknowledgement: ReviewedAcknowledgement): Json[] {
  const fault = acknowledgementFault(acknowledgement);
  const { rule, address, state } = acknowledgement;
  if (fault === undefined) return [];
  return [
    {
      descriptor: { id: `acknowledgement-${state}` },
      level: state === "expired" ? "warning" : "note",
      message: { text: oneLine(`acknowledgement of ${rule} on ${address} ${fault}`) },
    },
  ];
}
