// What the stacks of a fleet hold, so that both sides are known to have written the same before their times are compared.

interface TerraformJson {
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly data?: Readonly<Record<string, Blocks>>;
  readonly check?: Blocks;
  readonly output?: Blocks;
}

type Blocks = Readonly<Record<string, object>>;

export interface Census {
  readonly stacks: number;
  readonly resources: number;
  readonly dataSources: number;
  readonly checks: number;
  readonly bytes: number;
  /** How many blocks there are of each kind, with the arguments that they set and how many blocks they wait for. */
  readonly shapes: ReadonlyMap<string, number>;
}

export function census(stacks: readonly string[]): Census {
  const parsed = stacks.map((stack) => JSON.parse(stack) as TerraformJson);
  const shapes = new Map<string, number>();
  for (const [kind, blocks] of parsed.flatMap(kindsOf)) {
    for (const block of Object.values(blocks)) {
      const shape = `${kind} ${shapeOf(block)}`;
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    }
  }
  return {
    stacks: stacks.length,
    resources: sum(parsed.map(({ resource = {} }) => countAll(resource))),
    dataSources: sum(parsed.map(({ data = {} }) => countAll(data))),
    checks: sum(parsed.map(({ check = {} }) => Object.keys(check).length)),
    bytes: sum(stacks.map((stack) => Buffer.byteLength(stack))),
    shapes,
  };
}

function kindsOf({ resource = {}, data = {}, check = {}, output = {} }: TerraformJson): [string, Blocks][] {
  return [
    ...Object.entries(resource),
    ...Object.entries(data).map(([type, blocks]): [string, Blocks] => [`data.${type}`, blocks]),
    ["check", check],
    ["output", output],
  ];
}

/** Throws where the stacks of both sides do not hold the same number of blocks of every type and shape. */
export function assertEqualCensus(library: Census, handWritten: Census): void {
  const shapes = [...new Set([...library.shapes.keys(), ...handWritten.shapes.keys()])].sort();
  const differences = shapes
    .map((shape) => ({
      shape,
      ours: library.shapes.get(shape) ?? 0,
      theirs: handWritten.shapes.get(shape) ?? 0,
    }))
    .filter(({ ours, theirs }) => ours !== theirs)
    .map(({ shape, ours, theirs }) => `  ${shape}: library ${ours}, hand-written ${theirs}`);
  if (differences.length === 0) return;
  throw new Error(
    [
      "both sides must write the same, or their times mean nothing; bring bench/hand-written up to date:",
      ...differences,
    ].join("\n"),
  );
}

function shapeOf(block: object): string {
  const members = Object.entries(block).filter(([name]) => name !== "//");
  const described = members.map(([name, value]) =>
    name === "depends_on" && Array.isArray(value) ? `${name}=${value.length}` : name,
  );
  return described.sort().join(",");
}

function countAll(types: Readonly<Record<string, Blocks>>): number {
  return sum(Object.values(types).map((blocks) => Object.keys(blocks).length));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
