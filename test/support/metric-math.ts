// Computes the part of CloudWatch's metric math that we use, from its documentation alone: series and numbers, arithmetic,
// comparisons, IF, FILL, MAX of one series and EPOCH. What it does not know is an error, and so is what the documentation leaves
// open: a test that rests on this file must not pass by accident.

/** Values by period; a period without data has none. */
export interface Series {
  readonly kind: "series";
  readonly values: readonly (number | undefined)[];
}

/** The periods that are looked at: when the first begins, in seconds since 1970, and how long each is. */
export interface Range {
  readonly start: number;
  readonly period: number;
  readonly count: number;
}

type Value = number | Series;

// Stands for the word; it is no series of anything.
const REPEAT: Series = series([]);
type Variables = Readonly<Record<string, Value>>;

export function series(values: readonly (number | undefined)[]): Series {
  return { kind: "series", values };
}

/** The value of an expression; variables are the results of other queries. */
export function compute(expression: string, variables: Variables, range: Range): Value {
  const parser = new Parser(tokens(expression), variables, range);
  const value = parser.comparison();
  parser.end();
  return value;
}

function tokens(expression: string): string[] {
  const found = expression.match(/\s+|\d+(?:\.\d+)?|[A-Za-z_]\w*|>=|<=|==|[-+*/(),<>]/g) ?? [];
  if (found.join("") !== expression) throw new Error(`cannot read the expression ${expression}`);
  return found.filter((token) => token.trim() !== "");
}

type Operation = (left: number, right: number) => number;

const COMPARISONS: Readonly<Record<string, Operation>> = {
  ">": (left, right) => Number(left > right),
  ">=": (left, right) => Number(left >= right),
  "<": (left, right) => Number(left < right),
  "<=": (left, right) => Number(left <= right),
  "==": (left, right) => Number(left === right),
};
const SUMS: Readonly<Record<string, Operation>> = { "+": (a, b) => a + b, "-": (a, b) => a - b };
const PRODUCTS: Readonly<Record<string, Operation>> = { "*": (a, b) => a * b, "/": (a, b) => a / b };

class Parser {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly variables: Variables,
    private readonly range: Range,
  ) {}

  end(): void {
    if (this.at < this.tokens.length) throw new Error(`unexpected ${this.tokens[this.at]}`);
  }

  comparison = (): Value =>
    this.chain(COMPARISONS, () => this.chain(SUMS, () => this.chain(PRODUCTS, this.term)));

  private chain(operations: Readonly<Record<string, Operation>>, operand: () => Value): Value {
    let value = operand();
    for (;;) {
      const operation = operations[this.tokens[this.at] ?? ""];
      if (operation === undefined) return value;
      this.at += 1;
      value = this.combine(value, operand(), operation);
    }
  }

  private readonly term = (): Value => {
    const token = this.next();
    if (token === "(") {
      const value = this.comparison();
      this.expect(")");
      return value;
    }
    if (/^\d/.test(token)) return Number(token);
    if (token === "REPEAT") return REPEAT;
    if (this.tokens[this.at] === "(") return this.call(token);
    const value = this.variables[token];
    if (value === undefined) throw new Error(`unknown variable ${token}`);
    return value;
  };

  private call(name: string): Value {
    const values: Value[] = [];
    do {
      this.at += 1;
      values.push(this.comparison());
    } while (this.tokens[this.at] === ",");
    this.expect(")");
    switch (name) {
      case "IF":
        return this.choose(values);
      case "FILL":
        return fill(values);
      case "MAX":
        return largest(values);
      case "EPOCH":
        return this.epoch(values);
      default:
        throw new Error(`unknown function ${name}`);
    }
  }

  // All may be series or numbers; where a period has no condition, or nothing for when it does not hold, it has no value.
  private choose([condition, yes, no, ...more]: readonly Value[]): Series {
    if (condition === undefined || yes === undefined || more.length > 0)
      throw new Error("IF takes two or three values");
    return series(
      this.periods((index) => {
        const holds = valueAt(condition, index);
        if (holds === undefined) return undefined;
        const chosen = holds === 0 ? no : yes;
        return chosen === undefined ? undefined : valueAt(chosen, index);
      }),
    );
  }

  // "A new non-sparse time series": every period has a value, whether the given series has one or not.
  private epoch([given, ...more]: readonly Value[]): Series {
    if (given === undefined || typeof given === "number" || more.length > 0)
      throw new Error("EPOCH takes a series");
    return series(this.periods((index) => this.range.start + index * this.range.period));
  }

  // "Missing values in a time series are treated as 0", and it is left open whether a number makes a value of them, too.
  private combine(left: Value, right: Value, operation: Operation): Value {
    if (typeof left === "number" && typeof right === "number") return operation(left, right);
    const withNumber = typeof left === "number" || typeof right === "number";
    return series(
      this.periods((index) => {
        const [a, b] = [valueAt(left, index), valueAt(right, index)];
        if (a === undefined && b === undefined) return undefined;
        if (withNumber && (a === undefined || b === undefined))
          throw new Error("a missing value meets a number");
        return operation(a ?? 0, b ?? 0);
      }),
    );
  }

  private periods(value: (index: number) => number | undefined): (number | undefined)[] {
    return Array.from({ length: this.range.count }, (_, index) => value(index));
  }

  private next(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Error("the expression ends too early");
    this.at += 1;
    return token;
  }

  private expect(token: string): void {
    if (this.next() !== token) throw new Error(`expected ${token}`);
  }
}

// With a series only where many are filled; one of many is filled in the same way.
function fill([given, filler, ...more]: readonly Value[]): Series {
  if (given === undefined || typeof given === "number" || filler === undefined || more.length > 0)
    throw new Error("FILL takes a series and what to fill it with");
  if (filler === REPEAT) {
    let last: number | undefined;
    return series(given.values.map((value) => (last = value ?? last)));
  }
  return series(given.values.map((value, index) => value ?? valueAt(filler, index)));
}

// "The MAX of a single time series returns a scalar".
function largest([given, ...more]: readonly Value[]): number {
  if (given === undefined || typeof given === "number" || more.length > 0)
    throw new Error("MAX takes a series here");
  return Math.max(...given.values.filter((value) => value !== undefined));
}

function valueAt(value: Value, index: number): number | undefined {
  return typeof value === "number" ? value : value.values[index];
}

/** How an alarm judges its series: the newest periods, of which so many must breach. */
export interface Judgement {
  readonly threshold: number;
  readonly comparisonOperator: string;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: string;
}

/** The state of an alarm, `before` where missing data keeps it. */
export function stateOf(value: Series, judgement: Judgement, before: string): string {
  const newest = value.values.slice(-judgement.evaluationPeriods);
  const known = newest.filter((point) => point !== undefined);
  if (known.length === 0) return judgement.treatMissingData === "ignore" ? before : "OK";
  const { threshold, comparisonOperator } = judgement;
  const breaches = known.filter((point) =>
    comparisonOperator === "GreaterThanThreshold" ? point > threshold : point >= threshold,
  );
  return breaches.length >= judgement.datapointsToAlarm ? "ALARM" : "OK";
}
