// Parts of an input as they arrive; each check throws `Failure` and names the path of what is wrong.
import type { AwsAddress } from "../arn";
import type { Length } from "../facts/limits";
import type { Json } from "../json";
import { isObject } from "../policy/canonical";
import { lengthOf, show } from "../rules/text";
import { Failure, malformed } from "./failure";

/** An object of which nothing is known but that it is JSON. */
export type JsonObject = Readonly<Record<string, Json | undefined>>;

/** Glue API, ResourceArn. */
const RESOURCE_ARN: Length = { min: 1, max: 512 };

/** An ARN of the function's own account, region and partition. */
export function ownArn(
  value: Json | undefined,
  path: string,
  address: AwsAddress,
  service: string,
  resource: RegExp,
): string {
  const arn = text(value, path, RESOURCE_ARN);
  const [, partition, ofService, region, account, name] =
    /^arn:([^:]+):([^:]+):([^:]+):(\d{12}):(.+)$/.exec(arn) ?? [];
  if (name === undefined || ofService !== service || !resource.test(name)) {
    throw malformed(`${path} is not an ARN that can be managed here: ${show(arn)}`);
  }
  if (partition === address.partition && region === address.region && account === address.account) return arn;
  throw new Failure(
    "foreign-resource",
    `${path} is of account ${account} in ${region}, and the function of account ${address.account} in ${address.region}`,
    { remedy: "manage it with the operator of its own environment" },
  );
}

/** A JSON object. */
export function object(value: unknown, path: string): JsonObject {
  if (isObject(value as Json)) return value as JsonObject;
  throw malformed(`${path} is not an object: ${show(value)}`);
}

/** A list. */
export function list(value: Json | undefined, path: string): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[];
  throw malformed(`${path} is not a list: ${show(value)}`);
}

/** A text, of a length. */
export function text(value: Json | undefined, path: string, length?: Length): string {
  if (typeof value !== "string") throw malformed(`${path} is not a text: ${show(value)}`);
  if (length === undefined || (lengthOf(value) >= length.min && lengthOf(value) <= length.max)) return value;
  throw malformed(`${path} is not ${length.min} to ${length.max} characters long: ${show(value)}`);
}

/** A number. */
export function number(value: Json | undefined, path: string): number {
  if (typeof value === "number") return value;
  throw malformed(`${path} is not a number: ${show(value)}`);
}

/** One of some words. */
export function oneOf<T extends string>(value: Json | undefined, path: string, known: readonly T[]): T {
  const word = known.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  throw malformed(`${path} is none of ${known.join(", ")}: ${show(value)}`);
}
