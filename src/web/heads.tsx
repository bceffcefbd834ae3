/** The heads of a table's columns, side by side. Numbers stand to the right, and so do the heads of their columns. */
export function Heads({
  names,
  isNumber = false,
}: {
  names: readonly string[];
  isNumber?: boolean;
}) {
  return (
    <>
      {names.map((name) => (
        <th key={name} scope="col" class={isNumber ? 'number' : undefined}>
          {name}
        </th>
      ))}
    </>
  );
}
