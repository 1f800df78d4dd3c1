// The dashboard of monitoring as a drawing, from the body that CloudWatch gets.
import { dashboardBody } from "../lib/monitoring/dashboard";
import { wrap } from "../lib/status/words";

/** Characters of one column of the grid. */
const SCALE = 3;

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly markdown?: string;
    readonly title?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly { readonly label?: string; readonly visible?: false }[])[];
  };
}

/** The dashboard of two integrations, one line to a row of the grid. */
export function dashboardDrawing(): string {
  const place = "us-east-1:111122223333";
  const integrations = ["orders-to-lake", "support-to-lake"].map((name) => ({
    name,
    arn: `arn:aws:glue:${place}:integration:${name}`,
    alarmArns: ["failed", "stale"].map(
      (kind) => `arn:aws:cloudwatch:${place}:alarm:zero-etl-${name}-${kind}`,
    ),
  }));
  const body = dashboardBody({ title: "Zero-ETL integrations of shop", region: "us-east-1", integrations });
  const { widgets } = body as unknown as { readonly widgets: readonly Widget[] };
  const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
  const right = Math.max(...widgets.map(({ x, width }) => x + width)) * SCALE;
  const canvas = Array.from({ length: bottom + 1 }, () => " ".repeat(right + 1).split(""));
  for (const widget of widgets) drawWidget(canvas, widget);
  return ["```text", ...canvas.map((line) => line.join("").trimEnd()), "```"].join("\n");
}

function drawWidget(canvas: string[][], widget: Widget): void {
  const { y, width, height } = widget;
  const x = widget.x * SCALE;
  const end = x + width * SCALE;
  for (const line of [y, y + height]) {
    write(canvas, line, x, `+${"-".repeat(width * SCALE - 1)}+`);
  }
  for (let line = y + 1; line < y + height; line += 1) {
    write(canvas, line, x, "|");
    write(canvas, line, end, "|");
  }
  const room = width * SCALE - 3;
  const [title = "", ...rest] = wordsOf(widget);
  // A widget of one row has no line inside.
  if (height === 1) return write(canvas, y, x + 2, ` ${title} `);
  const lines = [...wrap(title, room), ...rest.map((word) => ` ${word}`)].slice(0, height - 1);
  lines.forEach((line, index) => write(canvas, y + 1 + index, x + 2, line.slice(0, room)));
}

function wordsOf({ properties: { markdown, title, alarms = [], metrics = [] } }: Widget): string[] {
  if (markdown !== undefined) return [markdown.split("\n")[0] ?? ""];
  const shown = metrics.flat().flatMap(({ label, visible }) => (visible === false ? [] : [label ?? ""]));
  return [title ?? "", ...alarms.map((arn) => arn.split(":").at(-1) ?? ""), ...shown];
}

function write(canvas: string[][], line: number, column: number, text: string): void {
  canvas[line]?.splice(column, text.length, ...text);
}
