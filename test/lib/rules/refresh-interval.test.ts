import { parseRefreshInterval, refreshIntervalRules } from "../../../lib/rules/refresh-interval";
import { codesOf, lines, said } from "./said";

describe("parseRefreshInterval", () => {
  test.each([
    [15, 15],
    [8640, 8640],
    ["30m", 30],
    ["6h", 360],
    ["2d", 2880],
    ["0m", 0],
  ])("reads %p as %p minutes", (value, minutes) => {
    expect(parseRefreshInterval(value)).toBe(minutes);
  });

  test.each([22.5, NaN, Infinity, "", "30", "m", "30 m", "1.5h", "-5m", "30M", "1h30m", "1w", "9999999999m"])(
    "does not read %p",
    (value) => {
      expect(parseRefreshInterval(value)).toBeUndefined();
    },
  );
});

describe("refreshIntervalRules", () => {
  test.each([15, 8640, "15m", "6d", "144h", undefined])("takes %p", (value) => {
    expect(refreshIntervalRules(value, "salesforce")).toEqual([]);
  });

  test("fails below the minimum", () => {
    expect(said(refreshIntervalRules(14, "dynamodb"))).toBe(
      lines(
        ".: error: refresh interval is shorter than 15 minutes [refresh-interval-range]",
        "  got:      14 minutes",
        "  expected: 15 to 8640 minutes (6 days)",
      ),
    );
  });

  test("fails above the maximum", () => {
    expect(said(refreshIntervalRules("8641m", "dynamodb"))).toBe(
      lines(
        ".: error: refresh interval is longer than 8640 minutes [refresh-interval-range]",
        "  got:      8641 minutes",
        "  expected: 15 to 8640 minutes (6 days)",
      ),
    );
  });

  test.each([
    ["30 minutes", '"30m"'],
    ["30", '"30m"'],
    ["2 Hours", '"2h"'],
    ["1day", '"1d"'],
    ["1w", '"7d"'],
    ["1800s", '"30m"'],
  ])("fails for %p and suggests %s", (value, meant) => {
    expect(said(refreshIntervalRules(value, "dynamodb"))).toBe(
      lines(
        ".: error: refresh interval cannot be read [refresh-interval-format]",
        `  got:      ${JSON.stringify(value)}`,
        "  expected: whole minutes as a number, or a text like 30m, 6h, 2d",
        `  remedy:   did you mean ${meant}?`,
      ),
    );
  });

  test.each(["often", "1 month", "90s", ""])("fails for %p without a suggestion", (value) => {
    const [issue] = refreshIntervalRules(value, "dynamodb");
    expect(issue).toMatchObject({ code: "refresh-interval-format" });
    expect(issue?.remedy).toBeUndefined();
  });

  test("fails for a part of a minute", () => {
    expect(refreshIntervalRules(22.5, "dynamodb")).toMatchObject([
      { code: "refresh-interval-format", got: "22.5", remedy: "use whole minutes" },
    ]);
  });

  test("notes daily batches from 1440 minutes on, for DynamoDB", () => {
    expect(refreshIntervalRules(1439, "dynamodb")).toEqual([]);
    expect(codesOf(refreshIntervalRules("1d", "salesforce"))).toEqual([]);
    expect(said(refreshIntervalRules(1440, "dynamodb"))).toBe(
      lines(
        ".: note: from 1440 minutes on, DynamoDB waits for the whole interval and then exports it in sequential batches of a day [refresh-interval-daily-batches]",
        "  got:      1440 minutes",
      ),
    );
  });
});
