// How long the operator waits for what, each adjustable by an environment variable of the function.

interface Wait {
  readonly variable: string;
  /** @default when the variable is not set */
  readonly seconds: number;
}

/** Every wait, in seconds. */
export const WAITS = {
  /** What a `propagation` waits: IAM is eventually consistent (IAM user guide, "Changes that I make are not always immediately visible"). */
  propagation: { variable: "ZERO_ETL_PROPAGATION_SECONDS", seconds: 30 },
  /** After a policy was written and shows, until services act on it (Glue developer guide, "Considerations for using resource-based policies"). */
  policy: { variable: "ZERO_ETL_POLICY_SECONDS", seconds: 10 },
  /** How long denied access is taken for a permission on its way. */
  denial: { variable: "ZERO_ETL_DENIAL_SECONDS", seconds: 60 },
  /** How long a change may take to show. */
  settling: { variable: "ZERO_ETL_SETTLING_SECONDS", seconds: 60 },
  /** How long an integration may be busy. */
  integration: { variable: "ZERO_ETL_INTEGRATION_SECONDS", seconds: 540 },
} as const satisfies Readonly<Record<string, Wait>>;

export type WaitName = keyof typeof WAITS;

/** Milliseconds of each wait. */
export type Waits = Readonly<Record<WaitName, number>>;

/** The waits as the environment of the function sets them; what is not a number from 0 counts as not set. */
export function waitsOf(environment: Readonly<Record<string, string | undefined>>): Waits {
  const milliseconds = ({ variable, seconds }: Wait): number => {
    const text = environment[variable];
    return (text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : seconds) * 1000;
  };
  return {
    propagation: milliseconds(WAITS.propagation),
    policy: milliseconds(WAITS.policy),
    denial: milliseconds(WAITS.denial),
    settling: milliseconds(WAITS.settling),
    integration: milliseconds(WAITS.integration),
  };
}
