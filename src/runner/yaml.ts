import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml';
import { inputError } from '../errors.ts';
import { type Locate, placeOf } from '../graph/formats/index.ts';

const LARGEST_YAML = 256 * 2 ** 20;
const MOST_ALIASES = 100;

/** The documents of a YAML file, and where their fields are. Throws GossipError `input` with the file and the line. */
export async function readYaml(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ value: unknown; locate: Locate }[]> {
  const text = await readText(file, chunks);
  const lines = new LineCounter();
  const documents = parsed(text, file, lines);
  return documents.flatMap((document) => {
    const [wrong] = document.errors;
    if (wrong !== undefined) {
      const { line, col } = lines.linePos(wrong.pos[0]);
      throw inputError(`${file}, line ${line}, column ${col}: this is not YAML: ${wrong.message}`);
    }
    const locate: Locate = (path) => lineOf(document, path, lines);
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: MOST_ALIASES });
    } catch (error) {
      throw inputError(
        `${placeOf(file, [], locate)}: its aliases (*name) stand for too much; write the values out (${(error as Error).message})`,
        { cause: error },
      );
    }
    return value === null ? [] : [{ value, locate }];
  });
}

async function readText(file: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > LARGEST_YAML) {
      throw inputError(
        `${file}: over ${LARGEST_YAML / 2 ** 20} MiB; write a graph of this size as an edge list`,
      );
    }
    read.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(read));
  } catch (error) {
    throw inputError(`${file}: this is not UTF-8 text`, { cause: error });
  }
}

function parsed(text: string, file: string, lines: LineCounter): Document[] {
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    // The parser goes down as deep as what it reads.
    if (!(error instanceof RangeError)) throw error;
    throw inputError(`${file}: this is nested too deeply`, { cause: error });
  }
}

function lineOf(
  document: Document,
  path: (string | number)[],
  lines: LineCounter,
): number | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
}
