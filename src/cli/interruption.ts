import { constants } from 'node:os';

/** Aborts at the first SIGINT or SIGTERM, with its name as the reason; a second one ends the process at once. */
export function onSignals(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const listener = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    controller.abort(name);
  };
  for (const name of names) process.on(name, listener);
  return {
    signal: controller.signal,
    stop: () => names.forEach((name) => void process.off(name, listener)),
  };
}

/** The exit code of what a signal of `onSignals` ended, as shells write it. */
export function exitCodeOf({ reason }: AbortSignal): number {
  return 128 + constants.signals[reason as 'SIGINT' | 'SIGTERM'];
}
