// Which integrations a status is asked for: those of a declaration, of a Terraform state, or by ARN.
import type { IntegrationApi } from "../facts/compatibility";
import type { Declaration } from "../spec/types";
import { usesOf } from "../spec/uses";
import { apiOf } from "../spec/watching";
import type { Place } from "./clients";

/** An integration to look for. */
export interface Wanted {
  /** How the user knows it: its name in AWS, or its ARN where only that is known. */
  readonly name: string;
  /** Absent: it is found by its name. */
  readonly arn?: string;
  /** Label of the stack that declares it, or the Terraform address. */
  readonly from?: string;
  readonly api: IntegrationApi;
  /** Where it is made. */
  readonly place: Place;
  /** Where its target is, if that is another place. */
  readonly targetPlace?: Place;
}

const INTEGRATION_ARN = /^arn:(aws[\w-]*):(glue|redshift):([a-z0-9-]+):(\d{12}):integration[:/]([\w-]+)$/;

/** The integration of an ARN, or nothing where it is not the ARN of one. */
export function wantedOfArn(arn: string, from?: string): Wanted | undefined {
  const [, , api, region = "", account = ""] = INTEGRATION_ARN.exec(arn) ?? [];
  if (api !== "glue" && api !== "redshift") return undefined;
  // Log messages of AWS separate the id by a slash, the APIs by a colon.
  const proper = arn.replace(":integration/", ":integration:");
  return { name: proper, arn: proper, api, place: { region, account }, ...(from !== undefined && { from }) };
}

/** The integrations of a valid declaration, in the order of their labels. */
export function wantedOfDeclaration(declaration: Declaration): Wanted[] {
  const placeOf = (label: string | undefined): Place => {
    const environment = label === undefined ? undefined : declaration.environments[label];
    if (environment === undefined || label === undefined) throw new Error(`no environment ${label ?? ""}`);
    const { deployerArn: _, ...place } = environment;
    return { ...place, environment: label };
  };
  return usesOf(declaration)
    .flatMap((use): Wanted[] => {
      const { stack, label, integration, environment, source, target } = use;
      const api = apiOf(use);
      if (api === undefined) return [];
      const made = source?.environment ?? environment;
      const written = target?.environment ?? environment;
      return [
        {
          name: integration.name ?? label,
          from: stack,
          api,
          place: placeOf(made),
          ...(written !== made && { targetPlace: placeOf(written) }),
        },
      ];
    })
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function key({ from = "", name }: Wanted): string {
  return `${from}/${name}`;
}
