// A report as a Code Quality report of GitLab, which shows it beside the changed lines of a merge request.
import type { Json } from "../../json";
import type { Level } from "../finding";
import type { Format } from "./format";
import { filePlace, fingerprint } from "./place";
import { oneLine } from "./wording";

const SEVERITIES: Readonly<Record<Level, string>> = { block: "blocker", warn: "major", info: "info" };

/** Every finding that nobody accepts. */
export const gitlab: Format = (report, options) => {
  const entries: Json = report.findings
    .filter(({ acknowledgement }) => acknowledgement === undefined)
    .map((finding) => {
      const { file, line } = filePlace(finding, options);
      const { rule, level, stack, address, reason, remedy } = finding;
      return {
        description: oneLine(
          [stack, address, `${reason}; instead: ${remedy}`].filter((part) => part !== "").join(": "),
        ),
        check_name: rule,
        fingerprint: fingerprint(finding),
        severity: SEVERITIES[level],
        location: { path: file, lines: { begin: line } },
      };
    });
  return `${JSON.stringify(entries, undefined, 2)}\n`;
};
