import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './main.ts';

/** The graph that examples/ ships, for tests. */
export const KARATE = fileURLToPath(new URL('../../examples/karate.yaml', import.meta.url));

/** What a command left: its exit code and what it printed. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** For tests: runs a command line in this process. */
export async function gossip(...args: string[]): Promise<Said> {
  const { log, error } = console;
  const write = { stdout: process.stdout.write, stderr: process.stderr.write };
  const said: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
  const keep = (stream: 'stdout' | 'stderr', end: string) => (text: unknown) =>
    said[stream].push(`${text}${end}`) > 0;
  Object.assign(console, { log: keep('stdout', '\n'), error: keep('stderr', '\n') });
  process.stdout.write = keep('stdout', '');
  process.stderr.write = keep('stderr', '');
  try {
    const code = await main(args);
    return { code, stdout: said.stdout.join(''), stderr: said.stderr.join('') };
  } finally {
    Object.assign(console, { log, error });
    process.stdout.write = write.stdout;
    process.stderr.write = write.stderr;
  }
}

/** For tests: the program that the tests run on, and its arguments for a command line of ours. */
export function commandLine(...args: string[]): [program: string, args: string[]] {
  const program = fileURLToPath(new URL('../../bin/gossip.js', import.meta.url));
  const runtime = 'Deno' in globalThis ? ['run', '-A'] : [];
  return [process.execPath, [...runtime, program, ...args]];
}

/** For tests: starts a command line in a process of its own, on the runtime that the tests run on. */
export function startGossip(...args: string[]): { child: ChildProcess; ended: Promise<Said> } {
  const child = spawn(...commandLine(...args));
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk) => stdout.push(chunk));
  child.stderr.on('data', (chunk) => stderr.push(chunk));
  const ended = new Promise<Said>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
  });
  return { child, ended };
}

/** For tests: a folder with these files (path to text), removed afterwards. */
export async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** For tests: the text of every file below a folder, by path, in the order of the paths; none where it is not there. */
export function filesBelow(folder: string): Record<string, string> {
  try {
    const paths = (readdirSync(folder, { recursive: true, withFileTypes: true }) ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
    return Object.fromEntries(
      paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** For tests: a Graph resource. */
export function graphYaml(name: string, lines: readonly string[], ...more: string[]): string {
  return `apiVersion: gossip.io/v1
kind: Graph
metadata:
  name: ${name}
  labels:
    series: tests
spec:
  adjacencyList:
${lines.map((line) => `  - "${line},"\n`).join('')}${more.map((line) => `  ${line}\n`).join('')}`;
}

/** For tests: a Simulation resource that selects by series, its other fields as lines. */
export function simulationYaml(name: string, ...spec: string[]): string {
  return `apiVersion: gossip.io/v1
kind: Simulation
metadata:
  name: ${name}
spec:
  graphSelector:
    matchLabels:
      series: tests
${spec.map((line) => `  ${line}\n`).join('')}`;
}
