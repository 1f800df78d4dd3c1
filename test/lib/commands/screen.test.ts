import { Screen } from "../../../lib/commands/screen";
import type { Terminal } from "../../../lib/commands/terminal";

function drawn(
  rows: number,
  columns: number,
  act: (screen: Screen, window: { columns: number }) => void,
): string {
  let out = "";
  const window = { rows, columns };
  const terminal: Terminal = {
    env: {},
    cwd: "/",
    today: "2026-09-30",
    get rows() {
      return window.rows;
    },
    get columns() {
      return window.columns;
    },
    stdin: () => new Uint8Array(),
    out: (text) => (out += text),
    err: () => undefined,
  };
  act(new Screen(terminal), window);
  return out;
}

test("a picture is drawn over the one before", () => {
  const out = drawn(10, 80, (screen) => {
    screen.show("a\nb\n");
    screen.show("c\n");
    screen.end();
  });
  expect(out).toBe("a\nb\n\u001b[2A\u001b[Jc\n");
});

test.each([
  [3, "1\n2\n"],
  [2, "... 2 more lines; all are there at the end\n"],
])("a window of %d lines", (rows, first) => {
  const out = drawn(rows, 80, (screen) => screen.show("1\n2\n"));
  expect(out).toBe(first);
});

test("what the window does not hold comes at the end", () => {
  const out = drawn(4, 80, (screen) => {
    screen.show("1\n2\n3\n4\n");
    screen.end();
  });
  const cut = "1\n2\n... 2 more lines; all are there at the end\n";
  expect(out).toBe(`${cut}\u001b[3A\u001b[J1\n2\n3\n4\n`);
});

test("a line that is wider than the window counts as many times as it needs, without its colours", () => {
  const line = `\u001b[32m${"x".repeat(10)}\u001b[0m`;
  const at = (columns: number) =>
    drawn(10, columns, (screen) => {
      screen.show(`${line}\n`);
      screen.show("y\n");
    });
  expect(at(10)).toContain("\u001b[1A");
  expect(at(9)).toContain("\u001b[2A");
  expect(at(5)).toContain("\u001b[2A");
});

test("a window that got narrower meanwhile", () => {
  const out = drawn(10, 20, (screen, window) => {
    screen.show("0123456789\n");
    window.columns = 5;
    screen.show("y\n");
  });
  expect(out).toContain("\u001b[2A");
});
