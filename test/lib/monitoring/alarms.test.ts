import fc from "fast-check";
import {
  ALARM_PERIOD,
  defaultInterval,
  defaultStaleAfter,
  failedAlarm,
  staleAlarm,
} from "../../../lib/monitoring/alarms";
import type { AlarmBody } from "../../../lib/monitoring/alarms";
import { QUERY_LOOKBACK } from "../../../lib/facts/monitoring";
import { SOURCE_KINDS } from "../../../lib/facts/kinds";
import type { Series } from "../../support/metric-math";
import { compute, series, stateOf } from "../../support/metric-math";

const ARN = "arn:aws:glue:us-east-1:111122223333:integration:0a1b2c3d";
const NOW = Date.parse("2026-11-22T12:00:00Z") / 1000;
const PERIODS = (QUERY_LOOKBACK * 60) / ALARM_PERIOD;
const minutesAgo = (minutes: number): number => NOW - minutes * 60;

/** A sync that was reported some minutes ago, of data that was some minutes old then. */
interface Sync {
  readonly reported: number;
  readonly lag?: number;
}

/** What an alarm sees at noon of the syncs that happened, whatever an alarm of today cannot see any more. */
function seen(syncs: readonly Sync[], unit = 1000): Series {
  const values: (number | undefined)[] = Array.from({ length: PERIODS }, () => undefined);
  for (const { reported, lag = 0 } of syncs) {
    const index = PERIODS - 1 - Math.floor((reported * 60) / ALARM_PERIOD);
    const timestamp = minutesAgo(reported + lag) * unit;
    if (index >= 0) values[index] = Math.max(values[index] ?? 0, timestamp);
  }
  return series(values);
}

const RANGE = { start: NOW - (PERIODS - 1) * ALARM_PERIOD, period: ALARM_PERIOD, count: PERIODS };

function ageAt(body: AlarmBody, data: Series): Series {
  const [fetched, ...expressions] = body.metricQuery;
  const variables: Record<string, number | Series> = { [fetched?.id ?? ""]: data };
  let last: number | Series = data;
  for (const { id, expression } of expressions) {
    last = compute(expression, variables, RANGE);
    variables[id] = last;
  }
  if (typeof last === "number") throw new Error("an alarm watches a series");
  return last;
}

function stateAfter(body: AlarmBody, data: Series, before = "INSUFFICIENT_DATA"): string {
  return stateOf(ageAt(body, data), body, before);
}

const YESTERDAY = minutesAgo(1440);
const TOMORROW = minutesAgo(-1440);
const stale = (after: number, due = YESTERDAY): AlarmBody => staleAlarm(ARN, after, String(due));
const every = (minutes: number, since = QUERY_LOOKBACK, lag = 5): Sync[] =>
  Array.from({ length: Math.floor(since / minutes) }, (_, index) => ({ reported: index * minutes + 2, lag }));

describe("an alarm on stale data", () => {
  test("is quiet while syncs come in time", () => {
    expect(stateAfter(stale(45), seen(every(15)))).toBe("OK");
    expect(stateAfter(stale(180), seen(every(60)))).toBe("OK");
  });

  test("goes off as soon as the newest data is older, and not a minute before", () => {
    expect(stateAfter(stale(45), seen([{ reported: 40, lag: 5 }]))).toBe("OK");
    expect(stateAfter(stale(45), seen([{ reported: 41, lag: 5 }]))).toBe("ALARM");
  });

  test("counts from the data, not from the report: a late report of old data is no comfort", () => {
    expect(stateAfter(stale(45), seen([{ reported: 1, lag: 44 }]))).toBe("OK");
    expect(stateAfter(stale(45), seen([{ reported: 1, lag: 90 }]))).toBe("ALARM");
  });

  test("stays once the last sync is out of sight", () => {
    expect(stateAfter(stale(45), seen([{ reported: 179 }]))).toBe("ALARM");
    expect(stateAfter(stale(45), seen([]))).toBe("ALARM");
  });

  test("heals with the first new sync, whatever the gap before it", () => {
    expect(stateAfter(stale(45), seen([{ reported: 170 }, { reported: 1 }]), "ALARM")).toBe("OK");
  });

  test("is quiet in a gap that is shorter than its threshold", () => {
    expect(stateAfter(stale(90), seen(every(15).filter(({ reported }) => reported > 70)))).toBe("OK");
  });

  test("waits for the first sync until it should have happened, and then goes off", () => {
    expect(stateAfter(stale(45, TOMORROW), seen([]))).toBe("INSUFFICIENT_DATA");
    expect(stateAfter(stale(45, minutesAgo(45)), seen([]))).toBe("OK");
    expect(stateAfter(stale(45, minutesAgo(46)), seen([]))).toBe("ALARM");
  });

  test("does not wait once a first sync has happened: silence after it is staleness, before it was due, too", () => {
    for (const due of [TOMORROW, minutesAgo(60)]) {
      expect(stateAfter(stale(45, due), seen(every(15)))).toBe("OK");
      expect(stateAfter(stale(45, due), seen([{ reported: 45 }]))).toBe("OK");
      expect(stateAfter(stale(45, due), seen([{ reported: 46 }]))).toBe("ALARM");
    }
  });

  test("keeps its state where a sync gets out of sight before the first was due: it heals by a sync alone", () => {
    expect(stateAfter(stale(45, TOMORROW), seen([]), "ALARM")).toBe("ALARM");
    expect(stateAfter(stale(45, TOMORROW), seen([{ reported: 1 }]), "ALARM")).toBe("OK");
  });

  test("reads seconds as it reads milliseconds, since AWS says no unit", () => {
    for (const syncs of [every(15), [{ reported: 60 }], []]) {
      expect(ageAt(stale(45), seen(syncs, 1))).toEqual(ageAt(stale(45), seen(syncs, 1000)));
    }
  });

  test("is what its words say, for any syncs", () => {
    const sync = fc.record({
      reported: fc.integer({ min: 0, max: 179 }),
      lag: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(sync, { maxLength: 20 }), fc.integer({ min: 1, max: 180 }), (syncs, after) => {
        const ages = syncs.map(({ reported, lag }) => reported + lag);
        const expected = Math.min(1440, ...ages) > after ? "ALARM" : "OK";
        expect(stateAfter(stale(after), seen(syncs))).toBe(expected);
      }),
    );
  });

  test("keeps its state should CloudWatch compute nothing at all", () => {
    const nothing = series(Array.from({ length: PERIODS }, () => undefined));
    expect(stateOf(nothing, stale(45), "ALARM")).toBe("ALARM");
    expect(stateOf(nothing, stale(45), "INSUFFICIENT_DATA")).toBe("INSUFFICIENT_DATA");
  });

  test("is exactly this", () => {
    expect(staleAlarm(ARN, 45, "1767225600")).toEqual({
      metricQuery: [
        {
          id: "sync",
          expression: `SELECT MAX(LastSyncTimestamp) FROM "AWS/Glue/ZeroETL" WHERE integrationArn = '${ARN}'`,
          period: 300,
          returnData: false,
        },
        { id: "filled", expression: "FILL(sync, 0)", returnData: false },
        {
          id: "seconds",
          expression: "IF(filled > 100000000000, filled / 1000, filled)",
          returnData: false,
        },
        {
          id: "age",
          expression:
            "IF(EPOCH(seconds) > (MAX(seconds) < 1) * 1767225600, (EPOCH(seconds) - MAX(seconds) - (MAX(seconds) < 1) * 1767225600) / 60)",
          label: "minutes since the last sync",
          returnData: true,
        },
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 45,
      evaluationPeriods: 36,
      datapointsToAlarm: 1,
      treatMissingData: "ignore",
    });
  });
});

describe("an alarm on failed ingestions", () => {
  const failures = (...values: (number | undefined)[]): Series => series(values);

  test("goes off at the first failure, and is quiet without data", () => {
    const body = failedAlarm(ARN, 1, 15);
    expect(body).toEqual({
      metricQuery: [
        {
          id: "failed",
          expression: `SELECT SUM(IngestionFailed) FROM "AWS/Glue/ZeroETL" WHERE integrationArn = '${ARN}'`,
          period: 300,
          label: "failed ingestions",
          returnData: true,
        },
      ],
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      evaluationPeriods: 4,
      datapointsToAlarm: 1,
      treatMissingData: "notBreaching",
    });
    expect(stateOf(failures(undefined, undefined), body, "ALARM")).toBe("OK");
    expect(stateOf(failures(0, undefined), body, "OK")).toBe("OK");
    expect(stateOf(failures(undefined, 1), body, "OK")).toBe("ALARM");
  });

  test("stays over an interval without data, and not longer", () => {
    const body = failedAlarm(ARN, 1, 15);
    expect(stateOf(failures(1, undefined, undefined, undefined), body, "ALARM")).toBe("ALARM");
    expect(stateOf(failures(1, undefined, undefined, undefined, undefined), body, "ALARM")).toBe("OK");
  });

  test("looks back as far as CloudWatch does for a long or unknown interval", () => {
    expect(failedAlarm(ARN, 1, 8640).evaluationPeriods).toBe(36);
    expect(failedAlarm(ARN, 1, undefined).evaluationPeriods).toBe(36);
    expect(failedAlarm(ARN, 3, 15).threshold).toBe(3);
  });
});

describe("what is stale unless told otherwise", () => {
  test("is three intervals, as far as an alarm looks back", () => {
    expect([15, 30, 60, 61, 120].map(defaultStaleAfter)).toEqual([45, 90, 180, 180, 180]);
  });

  test("is nothing where the alarm would go off between two syncs, or nobody knows the interval", () => {
    expect([121, 180, 8640, undefined].map(defaultStaleAfter)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("knows the interval of AWS for each kind of source but Oracle", () => {
    expect(Object.fromEntries(SOURCE_KINDS.map((kind) => [kind, defaultInterval(kind)]))).toEqual({
      ...Object.fromEntries(SOURCE_KINDS.map((kind) => [kind, 60])),
      dynamodb: 15,
      oracle: undefined,
    });
  });
});
