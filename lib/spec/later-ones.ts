// Things that come twice.

/** Every later one that has the key of an earlier one; what has no key comes never twice. */
export function laterOnes<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): { readonly later: T; readonly first: T }[] {
  const firsts = new Map<string, T>();
  return items.flatMap((later) => {
    const key = keyOf(later);
    if (key === undefined) return [];
    const first = firsts.get(key);
    if (first !== undefined) return [{ later, first }];
    firsts.set(key, later);
    return [];
  });
}
