// Where a finding is shown: in the code that makes the resource, where that is known, else in the plan file.
import { createHash } from "node:crypto";
import type { Finding } from "../finding";
import type { FormatOptions } from "./format";

/** A place in a file, for tools that know nothing but files. */
export interface FilePlace {
  /** Relative to the working directory, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** The file and line of a finding; a plan file has but a first line, because nobody reads it. */
export function filePlace(
  { location, stack }: Pick<Finding, "location" | "stack">,
  { planFiles }: Pick<FormatOptions, "planFiles">,
): FilePlace {
  const planFile = Object.hasOwn(planFiles, stack) ? planFiles[stack] : undefined;
  return {
    file: (location?.file ?? planFile ?? `${stack}.json`).replaceAll("\\", "/"),
    line: location?.line ?? 1,
  };
}

/** The same for the same finding in every run, whatever the words that describe it. */
export function fingerprint({ rule, stack, address, attribute }: Finding): string {
  return createHash("sha256")
    .update(JSON.stringify([rule, stack, address, attribute ?? ""]))
    .digest("hex");
}

/** A path as a relative reference of URIs. */
export function uriOf(file: string): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  // The drive of an absolute path on Windows.
  return /^[A-Za-z]%3A\//.test(path) ? `file:///${path.replace("%3A", ":")}` : path;
}
