// When a status that waits has nothing to wait for, from reports in a row.
import { follow } from "../../../lib/status/follow";
import type { IntegrationStatus, StatusReport } from "../../../lib/status/report";
import { REPORT_VERSION } from "../../../lib/status/report";

const ACTIVE = { outcome: "active" } as const;
const CREATING = { outcome: "progress" } as const;
const DENIED = { outcome: "unread" } as const;
const THROTTLED = { outcome: "unread", passes: true } as const;

type Seen = Partial<IntegrationStatus>;

function reportOf(integrations: readonly Seen[]): StatusReport {
  return {
    version: REPORT_VERSION,
    at: "",
    outcome: "active",
    exitStatus: 0,
    integrations: integrations as readonly IntegrationStatus[],
  };
}

/** How many looks it takes, where the last of the reports goes on for ever, and why it ends then. */
async function looks(...reports: readonly (readonly Seen[])[]): Promise<[number, string]> {
  let now = 0;
  let seen = 0;
  const { ending } = await follow({
    look: () => Promise.resolve(reportOf(reports[seen] ?? reports.at(-1) ?? [])),
    interval: 10,
    timeout: 100,
    clock: {
      now: () => new Date(now),
      sleep: (millis) => {
        now += millis;
        return Promise.resolve();
      },
    },
    seen: () => (seen += 1),
  });
  return [seen, ending];
}

test.each<[string, [number, string], ...(readonly Seen[])[]]>([
  ["all is active at once", [1, "settled"], [ACTIVE, ACTIVE]],
  ["there is nothing", [1, "settled"], []],
  ["one becomes active", [3, "settled"], [CREATING], [CREATING], [ACTIVE]],
  ["nothing may be read, now or later", [1, "settled"], [DENIED]],
  ["one may not be read, and another becomes active", [2, "settled"], [DENIED, CREATING], [DENIED, ACTIVE]],
  ["one may no longer be read", [3, "settled"], [CREATING], [DENIED], [DENIED]],
  ["AWS throttles the first looks", [4, "settled"], [THROTTLED], [THROTTLED], [THROTTLED], [ACTIVE]],
  ["AWS throttles in between", [5, "settled"], [CREATING], [THROTTLED], [THROTTLED], [CREATING], [ACTIVE]],
  ["AWS throttles for ever", [11, "timeout"], [THROTTLED]],
  ["one is not finished in time", [11, "timeout"], [CREATING]],
  ["one fails", [2, "settled"], [CREATING, CREATING], [CREATING, { outcome: "failed" }]],
  ["one is gone", [2, "settled"], [CREATING], [{ outcome: "gone" }]],
  ["one needs attention, and heals", [3, "settled"], [{ outcome: "attention" }], [CREATING], [ACTIVE]],
])("%s", async (_, expected, ...reports) => {
  expect(await looks(...reports)).toEqual(expected);
});
