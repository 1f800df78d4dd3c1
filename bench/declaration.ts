// A fleet as a declaration file, written as a user writes it.
import type { FleetStack } from "./fleet";
import { REGION } from "./fleet";

export function declarationOf(stacks: readonly FleetStack[]): string {
  return [
    "version: 1",
    "",
    "environments:",
    ...stacks.flatMap(({ name, account }) => [
      `  ${name}:`,
      `    region: ${REGION}`,
      `    account: "${account}"`,
    ]),
    "",
    "stacks:",
    ...stacks.flatMap(({ name, sources, targets, integrations }) => [
      `  ${name}:`,
      `    environment: ${name}`,
      "    tags: { team: data }",
      "    sources:",
      ...members(sources).map(([label, source]) => `      ${label}: ${flow(source)}`),
      "    targets:",
      ...members(targets).map(([label, target]) => `      ${label}: ${flow(target)}`),
      "    integrations:",
      ...members(integrations).flatMap(([label, integration]) => [
        `      ${label}:`,
        ...members(integration as object).map(([key, value]) => `        ${key}: ${flow(value)}`),
      ]),
    ]),
    "",
  ].join("\n");
}

function members(mapping: object): [string, unknown][] {
  return Object.entries(mapping) as [string, unknown][];
}

// Quotes only where YAML needs them.
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{ ${members(value)
      .map(([key, member]) => `${key}: ${flow(member)}`)
      .join(", ")} }`;
  }
  return typeof value === "string" && !/^[A-Za-z0-9_-]+$/.test(value) ? JSON.stringify(value) : String(value);
}
