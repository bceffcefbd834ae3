/** Tells whoever runs the service what happened: a sentence, and fields that machines may read. */
export type Log = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** A log of JSON lines on standard error. */
export const jsonLog: Log = (message, fields = {}) => {
  console.error(JSON.stringify({ time: new Date().toISOString(), message, ...fields }));
};

/**
 * A log for what strangers can cause as often as they like: at most one line a second; the next line then says how many
 * were left out.
 */
export function atMostOneASecond(log: Log): Log {
  let last = Number.NEGATIVE_INFINITY;
  let omitted = 0;
  return (message, fields) => {
    const now = performance.now();
    if (now - last < 1000) {
      omitted++;
      return;
    }
    log(message, omitted === 0 ? fields : { ...fields, omitted });
    last = now;
    omitted = 0;
  };
}
