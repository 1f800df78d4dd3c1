import { faultText } from "../../../lib/commands/fault";

test("a fault is its message; where it happened is told to whoever asks", () => {
  const fault = new Error("no time");
  fault.stack = "Error: no time\n    at here";
  expect(faultText(fault, {})).toBe(
    "error: zero-etl stopped at what it did not expect: no time\n  remedy:   report it with what NODE_DEBUG=zero-etl prints for the same command\n",
  );
  expect(faultText(fault, { NODE_DEBUG: "http,zero-etl" })).toBe(
    "error: zero-etl stopped at what it did not expect: no time\nError: no time\n    at here\n",
  );
  expect(faultText("odd", {})).toContain("did not expect: odd\n");
});
