// What the bench measures is what it says: fleets that AWS would take, of every kind.
import { declarationOf } from "../bench/declaration";
import type { FleetStack } from "../bench/fleet";
import { fleet } from "../bench/fleets";
import { SOURCE_KINDS, TARGET_KINDS } from "../lib/facts/kinds";
import { INTEGRATIONS_PER_ACCOUNT } from "../lib/facts/limits";
import { parseDeclaration } from "../modules";

const integrations = (stacks: readonly FleetStack[]) =>
  stacks.flatMap((stack) => Object.values(stack.integrations));
const kinds = (members: readonly { readonly type: string }[]) => [
  ...new Set(members.map(({ type }) => type)),
];

describe("the mixed fleet", () => {
  const stacks = fleet("mixed", 400);

  test("has 400 integrations over 40 targets, ten into each", () => {
    expect(integrations(stacks)).toHaveLength(400);
    const targets = stacks.flatMap(({ name, integrations: all }) =>
      Object.values(all).map(({ target }) => `${name}/${target}`),
    );
    expect(new Set(targets).size).toBe(40);
    for (const target of targets) expect(targets.filter((other) => other === target)).toHaveLength(10);
  });

  test("has every kind of source and of target", () => {
    const sources = kinds(stacks.flatMap((stack) => Object.values(stack.sources)));
    const targets = kinds(stacks.flatMap((stack) => Object.values(stack.targets)));
    expect(sources.sort()).toEqual([...SOURCE_KINDS].sort());
    expect(targets.sort()).toEqual([...TARGET_KINDS].sort());
  });
});

describe.each([
  ["uniform", 1, 1],
  ["uniform", 25, 1],
  ["uniform", 100, 4],
  ["uniform", 400, 16],
  ["mixed", 400, 20],
] as const)("the %s fleet of %d", (name, size, count) => {
  const stacks = fleet(name, size);

  test("is spread over accounts that have room for it", () => {
    expect(integrations(stacks)).toHaveLength(size);
    expect(stacks).toHaveLength(count);
    expect(new Set(stacks.map(({ account }) => account)).size).toBe(count);
    for (const stack of stacks) {
      expect(integrations([stack]).length).toBeLessThanOrEqual(INTEGRATIONS_PER_ACCOUNT);
    }
  });

  test("is a declaration without errors", () => {
    const { issues } = parseDeclaration(declarationOf(stacks), "zero-etl.yaml");
    expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
