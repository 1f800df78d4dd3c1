import { readdirSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./project";
import { FAMILIES, pairsIn } from "./sources";

const KINDS = Object.values(FAMILIES).flat();

test("every example of a source is in one family", () => {
  const files = readdirSync(join(REPOSITORY, "examples/sources")).map((file) => file.replace(/\.yaml$/, ""));
  expect([...KINDS].sort()).toEqual(files.sort());
});

test("ten sources and four targets make 37 pairs, because Oracle has one target only", () => {
  const pairs = KINDS.flatMap((kind) =>
    pairsIn(kind).map(({ source, target }) => `${source.type} into ${target.type}`),
  );
  expect(new Set(pairs).size).toBe(37);
  expect(pairs.filter((pair) => pair.startsWith("oracle"))).toEqual(["oracle into redshift"]);
});
