// Matches an event with a pattern as EventBridge documents it: lists of which one must match, objects for members, and prefix,
// suffix, anything-but, exists and equals-ignore-case. What it does not know is an error, never a match.

type Json = unknown;
type Pattern = Readonly<Record<string, Json>>;

/** Whether an event matches a pattern: every member of the pattern must. */
export function matches(pattern: Pattern, event: Json): boolean {
  return Object.entries(pattern).every(([name, expected]) => {
    if (name === "$or") return alternatives(expected).some((alternative) => matches(alternative, event));
    const actual = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
    if (Array.isArray(expected))
      return expected.length > 0 && expected.some((one) => matchesOne(one, actual));
    if (!isObject(expected)) throw new Error(`${name}: a pattern has lists and objects only`);
    return matches(expected, actual);
  });
}

function matchesOne(expected: Json, actual: Json): boolean {
  if (isObject(expected)) return matchesRule(expected, actual);
  return values(actual).some((value) => value === expected);
}

function matchesRule(rule: Pattern, actual: Json): boolean {
  const [entry, ...more] = Object.entries(rule);
  if (entry === undefined || more.length > 0) throw new Error("a rule has exactly one operator");
  const [operator, operand] = entry;
  const texts = values(actual).filter((value) => typeof value === "string");
  switch (operator) {
    case "prefix":
      return texts.some((text) => text.startsWith(String(operand)));
    case "suffix":
      return texts.some((text) => text.endsWith(String(operand)));
    case "equals-ignore-case":
      return texts.some((text) => text.toLowerCase() === String(operand).toLowerCase());
    case "exists":
      return (actual !== undefined) === operand;
    case "anything-but":
      return actual !== undefined && !values(operand).some((one) => values(actual).includes(one));
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}

// Of a list in an event, one member must match.
function values(actual: Json): Json[] {
  if (actual === undefined) return [];
  return Array.isArray(actual) ? actual : [actual];
}

function alternatives(expected: Json): Pattern[] {
  if (!Array.isArray(expected)) throw new Error("$or takes a list");
  return expected.map((one: Json) => {
    if (!isObject(one)) throw new Error("$or takes a list of patterns");
    return one;
  });
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** What an input transformer makes of an event: paths in dot notation, and a template of text between quotes. */
export function transform(paths: Readonly<Record<string, string>>, template: string, event: Json): string {
  for (const path of Object.values(paths)) {
    if (!/^\$(\.[\w-]+)+$/.test(path)) throw new Error(`${path} is not a path in dot notation`);
  }
  return template.replace(/<([\w-]+)>/g, (_, name: string) => {
    const path = paths[name];
    if (path === undefined) throw new Error(`<${name}> has no path`);
    const value = path
      .split(".")
      .slice(1)
      .reduce<Json>(
        (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
        event,
      );
    if (value === undefined) return "";
    return typeof value === "string" ? value : JSON.stringify(value).replaceAll('"', "");
  });
}
