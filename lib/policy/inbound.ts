// Which sources may send data into a target, and who may create the integrations.

/** Another account than the target's, in which sources and their integrations live. */
export interface ForeignAccount {
  /** What the account is, free of tokens: statement ids derive from it. */
  readonly key: string;
  /** The account as a principal, by its root: a plan must not depend on who runs it. */
  readonly rootArn: string;
}

/** A source that integrations may send data from. */
export interface InboundSource {
  readonly arn: string;
  /** The account that creates the source's integrations; absent where it is the target's own. */
  readonly foreignAccount?: ForeignAccount | undefined;
}

/** Sources whose integrations the same principals create; `key` is the foreign account's where they need one. */
export interface Creation {
  readonly key?: string;
  readonly principalArns: readonly string[];
  readonly sourceArns: readonly string[];
}

/**
 * Who must be allowed to create integrations from which sources. A named deployer creates all of them. Without one, an
 * identity policy is enough within one account, while across accounts both sides must allow it (user guide, "Providing a
 * catalog Resource Based Access (RBAC) policy"): then each foreign account may, from its own sources only.
 */
export function creationsOf(
  sources: readonly InboundSource[],
  deployerArns: readonly string[],
): readonly Creation[] {
  if (deployerArns.length > 0) {
    return [{ principalArns: sorted(deployerArns), sourceArns: sorted(sources.map(({ arn }) => arn)) }];
  }
  const keys = sorted(sources.flatMap(({ foreignAccount }) => foreignAccount?.key ?? []));
  return keys.map((key) => {
    const own = sources.filter(({ foreignAccount }) => foreignAccount?.key === key);
    return {
      key,
      principalArns: sorted(own.flatMap(({ foreignAccount }) => foreignAccount?.rootArn ?? [])),
      sourceArns: sorted(own.map(({ arn }) => arn)),
    };
  });
}

/** Each value once, in one order, so that the order of the contributors does not show. */
export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
