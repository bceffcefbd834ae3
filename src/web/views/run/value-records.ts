/** The values of all nodes as records, a header first. */
export function valueRecords(
  names: readonly string[],
  values: ArrayLike<number>,
): (string | number)[][] {
  return [['node', 'value'], ...names.map((name, node) => [name, values[node]])];
}
