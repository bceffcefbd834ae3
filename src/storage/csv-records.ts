/** A field and what ends it. */
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",\n]*))(,|\n)/y;

/**
 * The fields of each line of a CSV text (RFC 4180 with \n as the end of every line); in the end null where the rest of
 * the text is not one.
 */
export function* csvRecords(text: string): Generator<string[] | null, undefined> {
  let end = 0;
  let fields: string[] = [];
  while (end < text.length) {
    // The expression is shared by all who read at the same time.
    FIELD.lastIndex = end;
    const match = FIELD.exec(text);
    if (match === null) {
      yield null;
      return;
    }
    end = FIELD.lastIndex;
    const [, quoted, plain, ending] = match;
    fields.push(quoted?.replaceAll('""', '"') ?? plain);
    if (ending === ',') continue;
    yield fields;
    fields = [];
  }
  if (fields.length > 0) yield null;
}
