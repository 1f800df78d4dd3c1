import type { WaitName } from "../../../lib/operator/waits";
import { WAITS, waitsOf } from "../../../lib/operator/waits";

const NAMES = Object.keys(WAITS) as WaitName[];

test.each(NAMES)("%s is what the code says, and what the environment says instead", (name) => {
  const { variable, seconds } = WAITS[name];
  expect(waitsOf({})[name]).toBe(seconds * 1000);
  expect(waitsOf({ [variable]: "0" })[name]).toBe(0);
  expect(waitsOf({ [variable]: "1.5" })[name]).toBe(1500);
});

test.each(["", "-1", "1s", "NaN", " 1"])("%j is no number of seconds, and ignored", (text) => {
  expect(waitsOf({ [WAITS.policy.variable]: text }).policy).toBe(10_000);
});

test("the variables are all different", () => {
  expect(new Set(NAMES.map((name) => WAITS[name].variable)).size).toBe(NAMES.length);
});
