/** What a runner does: looks at graphs, waits for its hosts, plays. */
export const PHASES = ['measuring', 'waiting', 'playing'] as const;
export type Phase = (typeof PHASES)[number];

/** How far a runner is, with what it is to play itself. */
export interface RunnerProgress {
  readonly phase: Phase;
  /** Hosts that are there, of all; 0 where it plays in memory. */
  readonly hostsReady: number;
  readonly hosts: number;
  readonly runsDone: number;
  readonly runs: number;
  /** The simulation's, in its results; null until it is known. */
  readonly folder: string | null;
}

/** Keeps a runner's progress. */
export interface ProgressKeeper {
  now(): RunnerProgress;
  /** How long it has been in each phase, in seconds. */
  seconds(): Record<Phase, number>;
  update(changes: Partial<Omit<RunnerProgress, 'phase'>> & { readonly measured?: true }): void;
}

/** The progress of a runner that begins now. */
export function createProgressKeeper(): ProgressKeeper {
  let known = { hostsReady: 0, hosts: 0, runsDone: 0, runs: 0, folder: null as string | null };
  let measured = false;
  const spent: Record<Phase, number> = { measuring: 0, waiting: 0, playing: 0 };
  let since = performance.now();

  const phase = () =>
    !measured ? 'measuring' : known.hostsReady < known.hosts ? 'waiting' : 'playing';

  function count(): void {
    const now = performance.now();
    spent[phase()] += (now - since) / 1000;
    since = now;
  }

  return {
    now: () => ({ phase: phase(), ...known }),
    seconds() {
      count();
      return { ...spent };
    },
    update({ measured: isMeasured = false, ...changes }) {
      count();
      measured ||= isMeasured;
      known = { ...known, ...changes };
    },
  };
}
