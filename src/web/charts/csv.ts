/** A CSV text (RFC 4180 with \n as the end of every line). Null is empty. */
export function csv(records: Iterable<readonly (string | number | boolean | null)[]>): string {
  let text = '';
  for (const record of records) text += `${record.map(field).join(',')}\n`;
  return text;
}

function field(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return `${value ?? ''}`;
  // What a spreadsheet would take for a formula stays text.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
