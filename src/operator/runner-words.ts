import { z } from 'zod';

const count = z.int().min(0);
const longest = 2000;
const words = z.string().max(longest);

const progress = z.object({
  phase: z.enum(['measuring', 'waiting', 'playing']),
  hostsReady: count,
  hosts: count,
  runsDone: count,
  runs: count,
  folder: words.nullish(),
});

/** How far a runner is, or several workers together. */
export interface PlayProgress {
  readonly phase: 'measuring' | 'waiting' | 'playing';
  /** Of what these pods are to play. */
  readonly runsDone: number;
  readonly runs: number;
  /** Where results are written, below the storage's place; null: not known yet. */
  readonly folder: string | null;
}

const ending = z.union([
  z.object({ error: words, code: z.enum(['input', 'failed']) }),
  z.object({ folder: words, runs: count }),
]);

/** What a runner says at its end: what it played, or why it could not. */
export type RunnerEnding = z.infer<typeof ending>;

/** Reads what a pod says at /progress; null where it is something else. */
export function parseProgress(text: string): PlayProgress | null {
  const parsed = progress.safeParse(json(text));
  if (!parsed.success) return null;
  const { phase, runsDone, runs, folder = null } = parsed.data;
  return { phase, runsDone, runs, folder };
}

/** Reads a pod's termination message; null where it is something else, such as the last lines of its log. */
export function parseEnding(text: string): RunnerEnding | null {
  const parsed = ending.safeParse(json(text));
  return parsed.success ? parsed.data : null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
