import { createHash, type Hash } from 'node:crypto';
import { endianness } from 'node:os';
import { adjacencyText as canonicalText } from './adjacency-text.ts';
import type { Graph } from './graph.ts';
import type { GraphSource } from './source.ts';

/** Each goes up whenever the bytes of its hash mean something else. */
const version = 1;
const sourceVersion = 2;

/** How the nodes are known: by their index, by numbers, by texts. */
const byIndex = 0;
const byNumber = 1;
const byText = 2;

/** A hash takes less than 2 GiB at once. */
const chunkBytes = 1 << 26;

/** The four words of a graph's content hash that enter every draw: its first 16 bytes, little-endian. */
export function wordsOfHash(hash: Uint8Array): number[] {
  const view = new DataView(hash.buffer, hash.byteOffset);
  return [0, 4, 8, 12].map((offset) => view.getUint32(offset, true));
}

/**
 * SHA-256 (32 bytes) of a graph's edges and labels and of nothing else, so that a graph is the same in every format
 * and file. The bytes are: version, how nodes are known, node and edge count (float64), offsets and neighbors
 * (uint32), numbers (float64) or labels (each its UTF-8 length as float64, then its UTF-8); all little-endian.
 */
export function contentHash(graph: Graph): Uint8Array {
  const { nodeCount, edgeCount, offsets, neighbors, numbers, labels } = graph;
  const hash = createHash('sha256');
  const known = labels !== null ? byText : numbers !== null ? byNumber : byIndex;
  hash.update(Uint8Array.of(version, known));
  update(hash, Float64Array.of(nodeCount, edgeCount));
  update(hash, offsets);
  update(hash, neighbors);
  if (labels !== null) {
    for (const label of labels) {
      update(hash, Float64Array.of(Buffer.byteLength(label)));
      hash.update(label, 'utf8');
    }
  } else if (numbers !== null) update(hash, numbers);
  return new Uint8Array(hash.digest());
}

/**
 * SHA-256, in hex, of all of a source that results depend on: everything but its labels, file and warnings. Properties
 * count in the order in which they are written, since results repeat them so. An adjacency list as `adjacencyText`
 * writes it counts as none, since results then have that one: so a graph is the same in a file and as a resource.
 */
export function sourceHash(source: GraphSource): string {
  const { name, graph, graphType, valueList, properties, adjacencyText } = source;
  const own = adjacencyText !== null && adjacencyText !== canonicalText(graph);
  const hash = createHash('sha256');
  hash.update(
    `${JSON.stringify([
      sourceVersion,
      name,
      Buffer.from(contentHash(graph)).toString('hex'),
      graphType,
      valueList,
      Object.entries(properties),
      own,
    ])}\n`,
  );
  if (own) hash.update(adjacencyText, 'utf8');
  return hash.digest('hex');
}

function update(hash: Hash, array: Uint32Array | Float64Array): void {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    const chunk = bytes.subarray(start, start + chunkBytes);
    hash.update(endianness() === 'LE' ? chunk : swapped(chunk, array.BYTES_PER_ELEMENT));
  }
}

function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const copy = Buffer.from(bytes);
  return width === 4 ? copy.swap32() : copy.swap64();
}
