// Records under labels of the user's.

/** The entries by their labels, so that the order in which they were given never shows in the output. */
export function byLabel<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
