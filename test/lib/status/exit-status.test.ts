import { exitStatusOf } from "../../../lib/status/exit-status";
import type { Outcome } from "../../../lib/status/states";

test.each<[readonly Outcome[], number]>([
  [[], 0],
  [["active", "active"], 0],
  [["active", "progress"], 3],
  [["active", "unread"], 3],
  [["unread", "unread"], 1],
  [["unread", "failed"], 2],
  [["progress", "attention"], 2],
  [["active", "gone"], 2],
  [["active", "failed"], 2],
])("%j ends with %d", (outcomes, exit) => {
  expect(exitStatusOf(outcomes.map((outcome) => ({ outcome })))).toBe(exit);
});
