import { inputError } from '../../errors.ts';
import { createGraphBuilder, type Label } from '../builder.ts';
import type { GraphSource } from '../source.ts';
import { createFields, type Fields, separators, splitFields } from './fields.ts';
import { countUnused, fileSource, type Unused } from './file-source.ts';
import { checkLabel, decode, readLabel } from './label.ts';
import { forEachLine } from './lines.ts';
import { readChunks } from './read-chunks.ts';

const comma = 44;
const tab = 9;
const quote = 34;
const brace = 123;
const closingBrace = 125;

const anySeparator = separators(' \t\r\v\f,');
const blankSeparator = separators(' \t\r\v\f');
const commaSeparator = separators(',');
const tabSeparator = separators('\t');

/** What programs that export tables call the two ends of an edge in the first line. */
const header =
  /^(source|target|from|to|src|dst|tail|head|(from|to)?node(id)?[ _-]?[12ab]?|id[ _-]?[12ab])$/i;

/**
 * Reads an edge list: two labels a line, between them blanks, tabs or commas; in a .csv a comma and in a .tsv a tab
 * where the line has one (labels may then contain blanks); lines and ends of lines after # or % are comments. Further
 * columns, and networkx's {'weight': 3}, are counted and not used. Throws with file and line.
 */
export async function readEdgeList(file: string, chunks = readChunks(file)): Promise<GraphSource> {
  const builder = createGraphBuilder();
  const fields = createFields();
  const unused: Unused = new Map();
  const columns: number[] = [];
  const extension = file.toLowerCase().match(/\.(csv|tsv)(\.gz)?$/)?.[1];
  let headerLine: string | null = null;
  let first = true;

  await forEachLine(file, chunks, (bytes, start, end, line) => {
    const data = dataStart(bytes, start, end);
    splitFields(fields, bytes, start, data, separatorFor(extension, bytes, start, data));
    if (fields.count === 0) return;
    if (fields.count === 1) throw oneLabel(file, line);
    const a = fieldLabel(fields, 0, bytes, extension, file, line);
    const b = fieldLabel(fields, 1, bytes, extension, file, line);
    if (first) {
      first = false;
      if (header.test(String(a)) && header.test(String(b))) {
        headerLine = `${file}: line ${line} ("${a}", "${b}") was taken for the names of the columns.`;
        return;
      }
    }
    builder.addEdge(a, b);
    for (let i = 2; i < fields.count && i < 64; i++) columns[i] = (columns[i] ?? 0) + 1;
    if (data < end) countKeys(unused, decode(bytes, data, end, file, line));
  });

  columns.forEach((times, i) => {
    countUnused(unused, i === 63 ? 'column 64 and further' : `column ${i + 1}`, times);
  });
  const source = fileSource(file, builder.build(), unused);
  return headerLine === null ? source : { ...source, warnings: [headerLine, ...source.warnings] };
}

/** Where a line's {'weight': 3} begins, or its end. */
function dataStart(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end - 1] !== closingBrace && bytes[end - 2] !== closingBrace) return end;
  const at = bytes.subarray(start, end).indexOf(brace);
  return at > 0 && anySeparator[bytes[start + at - 1]] === 1 ? start + at : end;
}

function separatorFor(
  extension: string | undefined,
  bytes: Uint8Array,
  start: number,
  end: number,
): Uint8Array {
  if (extension === undefined) return anySeparator;
  const [byte, only] = extension === 'csv' ? [comma, commaSeparator] : [tab, tabSeparator];
  return bytes.subarray(start, end).includes(byte) ? only : blankSeparator;
}

function fieldLabel(
  fields: Fields,
  index: number,
  bytes: Uint8Array,
  extension: string | undefined,
  file: string,
  line: number,
): Label {
  const start = fields.bounds[2 * index];
  const end = fields.bounds[2 * index + 1];
  if (extension === undefined || bytes[start] !== quote) {
    return readLabel(bytes, start, end, file, line);
  }
  if (end - start < 3 || bytes[end - 1] !== quote) {
    throw inputError(
      `${file}, line ${line}: a quoted label must end in a quote and contain no separator`,
    );
  }
  return checkLabel(decode(bytes, start + 1, end - 1, file, line), `${file}, line ${line}`);
}

function oneLabel(file: string, line: number): Error {
  return inputError(`${file}, line ${line}: one label only; an edge is two labels, like "4 17"`);
}

/** Counts the keys of a Python dictionary as networkx writes it. */
function countKeys(unused: Unused, text: string): void {
  for (const [, name] of text.matchAll(/['"]([^'"]*)['"]\s*:/g))
    countUnused(unused, `edge ${name}`);
}
