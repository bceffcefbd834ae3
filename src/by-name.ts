/** The same entries in the order of their names (by UTF-16 code units), as the API server of Kubernetes gives maps back. */
export function byName<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
