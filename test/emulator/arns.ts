// The ARNs that the emulated services know, taken apart once.

export interface Arn {
  readonly text: string;
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] = text.split(":");
  if (
    prefix !== "arn" ||
    !partition ||
    !service ||
    region === undefined ||
    account === undefined ||
    rest.length === 0
  ) {
    return undefined;
  }
  return { text, partition, service, region, account, resource: rest.join(":") };
}

/** The name behind a prefix such as `table/`, when the ARN is of that service and kind. */
export function nameIn(arn: Arn | undefined, service: string, prefix: string): string | undefined {
  if (arn === undefined || arn.service !== service || !arn.resource.startsWith(prefix)) return undefined;
  const name = arn.resource.slice(prefix.length);
  return name === "" ? undefined : name;
}

export function catalogArn(of: Arn): string {
  return `arn:${of.partition}:glue:${of.region}:${of.account}:catalog`;
}
