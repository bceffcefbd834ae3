import { createInterface } from 'node:readline';

/**
 * Asks on a terminal whether what runs in the cluster is left running, which is the default; where there is no terminal,
 * it is. `question` ends without a question mark's choices.
 */
export function isLeftRunning(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return Promise.resolve(true);
  // The terminal keeps its lines to itself, so that Ctrl-C is a signal, which ends the process.
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stderr.write(`${question} [Y/n] `);
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(!/^\s*n/i.test(line));
      lines.close();
    });
    lines.once('close', () => resolve(true));
  });
}
