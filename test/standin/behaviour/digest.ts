import { createHash } from "node:crypto";

/** Text that looks random and is the same in every run. */
export const digest = (...parts: readonly unknown[]): string =>
  createHash("sha256")
    .update(
      JSON.stringify(parts, (_key, value: unknown) =>
        typeof value === "bigint" || typeof value === "symbol" ? value.toString() : value,
      ),
    )
    .digest("hex")
    .slice(0, 32);

export const uuid = (...parts: readonly unknown[]): string =>
  digest(...parts).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
