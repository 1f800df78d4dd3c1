import { runInNewContext } from "node:vm";
import { PLANNED_AT } from "../../modules/monitoring/first-sync";

/** What the Terraform expression computes at an instant: but for the functions of time and numbers it is also JavaScript. */
function plannedAt(instant: Date): unknown {
  const part: Readonly<Record<string, number>> = {
    YYYY: instant.getUTCFullYear(),
    M: instant.getUTCMonth() + 1,
    D: instant.getUTCDate(),
    h: instant.getUTCHours(),
    m: instant.getUTCMinutes(),
    s: instant.getUTCSeconds(),
  };
  const context = {
    floor: Math.floor,
    tonumber: Number,
    plantimestamp: () => instant,
    formatdate: (specification: string) => String(part[specification]),
  };
  return runInNewContext(PLANNED_AT, context);
}

test.each([
  "1970-01-01T00:00:00Z",
  "2026-11-22T12:34:56Z",
  "2026-12-31T23:59:59Z",
  "2027-01-01T00:00:00Z",
  "2027-02-28T23:59:59Z",
  "2027-03-01T00:00:00Z",
  "2028-02-29T00:00:00Z",
  "2028-03-01T00:00:00Z",
  "2028-12-31T00:00:00Z",
  "2029-01-01T00:00:00Z",
  "2099-12-31T23:59:59Z",
])("the time of a plan at %s is its seconds since 1970", (text) => {
  const instant = new Date(text);
  expect(plannedAt(instant)).toBe(instant.getTime() / 1000);
});

test("every day of a leap year and of the year after it", () => {
  for (let day = Date.UTC(2028, 0, 1); day < Date.UTC(2030, 0, 1); day += 86_400_000)
    expect(plannedAt(new Date(day))).toBe(day / 1000);
});
