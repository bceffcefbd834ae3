import { MultiBar, Presets } from 'cli-progress';

/** What people see on standard error while runs are played. */
export interface Progress {
  /** One more run is finished. */
  step(): void;
  /** Prints a line without breaking the bar. */
  say(line: string): void;
  stop(): void;
}

/** A bar with the time left on a terminal; lines alone in a pipe. */
export function createProgress(total: number): Progress {
  if (!process.stderr.isTTY) return { step() {}, say: (line) => console.error(line), stop() {} };
  const bars = new MultiBar(
    {
      format: '{bar} {value} of {total} runs, {eta_formatted} left',
      clearOnComplete: true,
      hideCursor: true,
      stopOnComplete: false,
      // Ctrl-C is ours: it keeps what is finished and says how much.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const bar = bars.create(total, 0);
  return {
    step: () => bar.increment(),
    say: (line) => bars.log(`${line}\n`),
    stop: () => bars.stop(),
  };
}
