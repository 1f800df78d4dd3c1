// Where a key belongs that stands where it is not known.
import type { Schema } from "./schema";
import {
  DECLARATION,
  ENVIRONMENT,
  INTEGRATION,
  MONITORING,
  PARTITION_COLUMN,
  S3_BACKEND,
  SOURCES,
  STACK,
  TABLE_OPTIONS,
  TARGETS,
} from "./shapes";

const HOMES: readonly (readonly [string, readonly Schema[]])[] = [
  ["the top level", [DECLARATION]],
  ["an environment", [ENVIRONMENT]],
  ["a stack", [STACK]],
  ["backend", [{ properties: { s3: S3_BACKEND } }]],
  ["backend.s3", [S3_BACKEND]],
  ["monitoring", [MONITORING]],
  ["an integration", [INTEGRATION]],
  ["the options of a table", [TABLE_OPTIONS]],
  ["a partition column", [PARTITION_COLUMN]],
];

/** The parts of a declaration that know the key, in words; nothing when it is common to many. */
export function homesOf(key: string): string[] {
  const homes = [
    ...HOMES.filter(([, shapes]) => shapes.some((shape) => knows(shape, key))).map(([home]) => home),
    ...typesThatKnow(SOURCES, key, "source"),
    ...typesThatKnow(TARGETS, key, "target"),
  ];
  return homes.length <= 3 ? homes : [];
}

function typesThatKnow(shapes: Readonly<Record<string, Schema>>, key: string, role: string): string[] {
  const types = Object.keys(shapes).filter((type) => knows(shapes[type], key));
  if (types.length === 0) return [];
  // Connection sources are all alike: a list of eight names says less than what they have in common.
  return types.length > 3 ? [`most ${role}s`] : [`a ${role} of type ${types.join(" or ")}`];
}

function knows(shape: Schema | undefined, key: string): boolean {
  return Object.hasOwn(shape?.properties ?? {}, key);
}
