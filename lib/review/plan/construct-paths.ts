// From the address of a resource to the construct that made it, by what CDKTF writes beside the configuration.
import type { Json } from "../../json";
import { isObject } from "../../policy/canonical";
import { withoutIndexes } from "./configuration";
import { own } from "./members";
import { parsePlanText } from "./text";

/** Path of the construct, without the stack, by Terraform address. */
export type ConstructPaths = ReadonlyMap<string, string>;

/** Reads `cdk.tf.json`; empty where it is none, because a review does without. */
export function readConstructPaths(bytes: Uint8Array): ConstructPaths {
  return constructPaths(parsePlanText(bytes).value);
}

/** The construct paths of the resources and data sources in a parsed `cdk.tf.json`. */
export function constructPaths(configuration: Json | undefined): ConstructPaths {
  if (!isObject(configuration)) return new Map();
  return new Map([
    ...pathsIn(own(configuration, "resource"), ""),
    ...pathsIn(own(configuration, "data"), "data."),
  ]);
}

/** The construct path of a resource of a plan. */
export function constructPathOf(paths: ConstructPaths, address: string): string | undefined {
  return paths.get(withoutIndexes(address));
}

function pathsIn(types: Json | undefined, prefix: string): [string, string][] {
  if (!isObject(types)) return [];
  return Object.entries(types).flatMap(([type, resources]) =>
    isObject(resources)
      ? Object.entries(resources).flatMap(([name, resource]): [string, string][] => {
          const path = pathOf(resource);
          return path === undefined ? [] : [[`${prefix}${type}.${name}`, path]];
        })
      : [],
  );
}

function pathOf(resource: Json | undefined): string | undefined {
  const comment = isObject(resource) ? own(resource, "//") : undefined;
  const metadata = isObject(comment) ? own(comment, "metadata") : undefined;
  const path = isObject(metadata) ? own(metadata, "path") : undefined;
  return typeof path === "string" ? path.split("/").slice(1).join("/") : undefined;
}
