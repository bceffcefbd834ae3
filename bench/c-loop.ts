import { execFile } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Graph } from '../src/graph/index.ts';
import type { Host, Key } from '../src/host/index.ts';
import { mix } from '../src/host/random.ts';

const execute = promisify(execFile);
const source = fileURLToPath(new URL('uniform.c', import.meta.url));

/** How the C loop is compiled. */
export const COMPILE = 'cc -O3 -march=native';

/** What the C loop says of its run. */
export interface CRun {
  readonly seconds: number;
  readonly useful: number;
  readonly checksum: number;
}

/** Compiles the C loop into a folder: the program's path, or why there is none. */
export async function compile(folder: string): Promise<{ program: string } | { why: string }> {
  const program = join(folder, 'uniform');
  const [command, ...flags] = COMPILE.split(' ');
  try {
    await execute(command, [...flags, '-o', program, source]);
    return { program };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { why: code === 'ENOENT' ? 'there is no cc here' : message.trim() };
  }
}

/** Writes what the C loop reads: a graph, the rounds' keys and the start values (integers). */
export function writeInput(
  file: string,
  graph: Graph,
  keys: readonly Key[],
  values: Float64Array,
): void {
  const { nodeCount, offsets, neighbors } = graph;
  const words = [
    nodeCount,
    neighbors.length,
    keys.length,
    ...keys.flatMap(({ k0, k1 }) => [k0, k1]),
  ];
  const descriptor = openSync(file, 'w');
  for (const array of [Uint32Array.from(words), offsets, neighbors, Uint32Array.from(values)]) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  }
  closeSync(descriptor);
}

/** Runs the C loop on a file of `writeInput`. */
export async function runC(program: string, file: string): Promise<CRun> {
  const { stdout } = await execute(program, [file]);
  const [seconds, useful, checksum] = stdout.split(' ').map(Number);
  return { seconds, useful, checksum };
}

/** The checksum of uniform.c over a host's participations and values. */
export async function checksumOf(host: Host): Promise<number> {
  const participations = await host.participations();
  const values = await host.values();
  let checksum = 0;
  for (let node = 0; node < values.length; node++) {
    checksum = mix(checksum ^ participations[node]);
    checksum = mix(checksum ^ values[node]);
  }
  return checksum >>> 0;
}
