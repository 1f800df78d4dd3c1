// Checks an operation's input against the shapes of its API, in the words in which AWS complains.
import operations from "./glue-integration-operations.json";
import { AwsError, type JsonObject } from "./wire";

/** A shape of an API's model, with what it refers to written out. */
export interface Shape {
  readonly type: string;
  /** Name on the wire, where it is another than the member's own. */
  readonly locationName?: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Shape>>;
  readonly member?: Shape;
  readonly value?: Shape;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

const SHAPES = operations as unknown as Readonly<Record<string, { readonly input: Shape }>>;

export type GlueOperation = keyof typeof operations;

export function isGlueOperation(name: string): name is GlueOperation {
  return Object.hasOwn(operations, name);
}

/** Throws what AWS throws for input that does not fit; members that the API does not know are ignored, as AWS does. */
export function checkInput(operation: GlueOperation, input: JsonObject): void {
  checkShape(SHAPES[operation]?.input, input, "ValidationException");
}

/** Throws an error of the given code for everything that does not fit the shape. */
export function checkShape(shape: Shape | undefined, input: JsonObject, code: string): void {
  const problems = problemsOf(shape, input, "");
  if (problems.length === 0) return;
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
  throw new AwsError(code, `${count}: ${problems.join("; ")}`);
}

function problemsOf(shape: Shape | undefined, value: unknown, path: string): string[] {
  if (shape === undefined || value === undefined || value === null) return [];
  switch (shape.type) {
    case "structure":
      return isObject(value) ? structureProblems(shape, value, path) : [wrongType(path, "a structure")];
    case "map":
      return isObject(value)
        ? Object.entries(value).flatMap(([key, one]) => problemsOf(shape.value, one, join(path, key)))
        : [wrongType(path, "a map")];
    case "list":
      return Array.isArray(value)
        ? value.flatMap((one, index) => problemsOf(shape.member, one, join(path, `${index + 1}.member`)))
        : [wrongType(path, "a list")];
    case "string":
      return typeof value === "string" ? stringProblems(shape, value, path) : [wrongType(path, "a string")];
    case "boolean":
      return typeof value === "boolean" ? [] : [wrongType(path, "a boolean")];
    case "integer":
      return Number.isInteger(value)
        ? rangeProblems(shape, Number(value), path)
        : [wrongType(path, "an integer")];
    default:
      return [];
  }
}

function structureProblems(shape: Shape, value: JsonObject, path: string): string[] {
  const missing = (shape.required ?? [])
    .filter((name) => value[name] === undefined || value[name] === null)
    .map((name) => constraint(join(path, name), "null", "Member must not be null"));
  const members = Object.entries(shape.members ?? {});
  return [
    ...missing,
    ...members.flatMap(([name, member]) => problemsOf(member, value[name], join(path, name))),
  ];
}

function rangeProblems({ min, max }: Shape, value: number, path: string): string[] {
  return [
    ...(min !== undefined && value < min ? [`value greater than or equal to ${min}`] : []),
    ...(max !== undefined && value > max ? [`value less than or equal to ${max}`] : []),
  ].map((limit) => constraint(path, String(value), `Member must have ${limit}`));
}

function stringProblems(shape: Shape, value: string, path: string): string[] {
  const problems: string[] = [];
  if (shape.min !== undefined && value.length < shape.min) {
    problems.push(constraint(path, value, `Member must have length greater than or equal to ${shape.min}`));
  }
  if (shape.max !== undefined && value.length > shape.max) {
    problems.push(constraint(path, value, `Member must have length less than or equal to ${shape.max}`));
  }
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`).test(value)) {
    problems.push(
      constraint(path, value, `Member must satisfy regular expression pattern: ${shape.pattern}`),
    );
  }
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    problems.push(constraint(path, value, `Member must satisfy enum value set: [${shape.enum.join(", ")}]`));
  }
  return problems;
}

function constraint(path: string, value: string, what: string): string {
  return `Value '${value}' at '${path}' failed to satisfy constraint: ${what}`;
}

function wrongType(path: string, expected: string): string {
  return `Value at '${path}' is not ${expected}`;
}

function join(path: string, name: string): string {
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  return path === "" ? lower : `${path}.${lower}`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
