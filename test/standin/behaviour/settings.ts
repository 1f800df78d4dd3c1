import { isObject, type ObjectValue, type Value } from "../wire/values";

export const DEFAULT_ACCOUNT = "111122223333";
export const DEFAULT_REGION = "us-east-1";

/** What one configuration of the provider comes down to. */
export interface ProviderSettings {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly defaultTags: Readonly<Record<string, Value>>;
}

/** The account is that of the assumed role; without one, the credentials are taken to belong to the first account allowed. */
export function providerSettings(config: ObjectValue): ProviderSettings {
  const region = text(config["region"]) ?? DEFAULT_REGION;
  const allowed = texts(config["allowed_account_ids"]);
  const account =
    text(firstBlock(config["assume_role"])["role_arn"])?.split(":")[4] ?? allowed[0] ?? DEFAULT_ACCOUNT;
  if (allowed.length > 0 && !allowed.includes(account))
    throw new Error(`AWS account ID not allowed: ${account}`);
  if (texts(config["forbidden_account_ids"]).includes(account))
    throw new Error(`AWS account ID forbidden: ${account}`);
  const tags = firstBlock(config["default_tags"])["tags"];
  return { region, account, partition: partitionOf(region), defaultTags: isObject(tags) ? tags : {} };
}

const text = (value: Value | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;
const texts = (value: Value | undefined): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
const firstBlock = (value: Value | undefined): ObjectValue =>
  Array.isArray(value) && isObject(value[0]) ? value[0] : {};

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
