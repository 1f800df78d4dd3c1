// The account of a stack, and the ARNs of what is in it.
import { REGION } from "../fleet";

export interface Place {
  readonly account: string;
  readonly catalog: string;
  /** `arn:aws:{service}:{region}:{account}:{resource}` */
  arn(service: string, resource: string): string;
  role(name: string): string;
}

export function placeOf(account: string): Place {
  const arn = (service: string, resource: string): string =>
    `arn:aws:${service}:${REGION}:${account}:${resource}`;
  return {
    account,
    catalog: arn("glue", "catalog"),
    arn,
    role: (name) => `arn:aws:iam::${account}:role/${name}`,
  };
}
