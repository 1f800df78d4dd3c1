// The body of a dashboard as CloudWatch documents it ("Dashboard Body Structure and Syntax"), as far as we write it: what is not
// listed here is refused, so that a widget of another kind has to be looked up first.

const integer = (minimum: number, maximum: number): object => ({ type: "integer", minimum, maximum });
const closed = (properties: object, required: readonly string[]): object => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const BOX = {
  x: integer(0, 23),
  y: integer(0, 10_000),
  width: integer(1, 24),
  height: integer(1, 1000),
};
const widget = (type: string, properties: object): object =>
  closed({ type: { const: type }, ...BOX, properties }, ["type", "properties"]);

/** One entry of `metrics`: an expression; a metric by name would be another form. */
const EXPRESSION = {
  type: "array",
  minItems: 1,
  maxItems: 1,
  items: closed(
    {
      expression: { type: "string", minLength: 1, maxLength: 2048 },
      id: { type: "string", pattern: "^[a-z][a-zA-Z0-9_]{0,254}$" },
      label: { type: "string" },
      visible: { type: "boolean" },
    },
    ["expression"],
  ),
};

const METRIC = closed(
  {
    title: { type: "string" },
    region: { type: "string", minLength: 1 },
    view: { enum: ["timeSeries", "singleValue", "gauge", "bar", "pie", "table"] },
    stat: { type: "string" },
    period: { type: "integer", multipleOf: 60, minimum: 60 },
    metrics: { type: "array", minItems: 1, maxItems: 500, items: EXPRESSION },
    yAxis: closed({ left: closed({ min: { type: "number" }, max: { type: "number" } }, []) }, []),
    table: closed(
      {
        layout: { enum: ["vertical", "horizontal"] },
        stickySummary: { type: "boolean" },
        summaryColumns: { type: "array", items: { enum: ["MIN", "MAX", "SUM", "AVG", "LATEST"] } },
      },
      [],
    ),
  },
  ["metrics", "region"],
);

const TEXT = closed(
  { markdown: { type: "string", minLength: 1 }, background: { enum: ["solid", "transparent"] } },
  ["markdown"],
);

const ALARM = closed(
  {
    title: { type: "string" },
    sortBy: { enum: ["default", "stateUpdatedTimestamp", "timestamp"] },
    alarms: {
      type: "array",
      minItems: 1,
      maxItems: 100,
      items: { type: "string", pattern: "^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\\d{12}:alarm:.{1,255}$" },
    },
  },
  ["alarms"],
);

export const DASHBOARD_SCHEMA = closed(
  {
    start: { type: "string", pattern: "^-P" },
    end: { type: "string" },
    periodOverride: { enum: ["auto", "inherit"] },
    widgets: {
      type: "array",
      maxItems: 500,
      items: { oneOf: [widget("metric", METRIC), widget("text", TEXT), widget("alarm", ALARM)] },
    },
  },
  ["widgets"],
);
