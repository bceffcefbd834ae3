import { nodeCommand } from './node.ts';
import { runProgram } from './program.ts';

/**
 * The program with no command but `node`: hosts are started by the hundred, so that the bundle has this in a few files
 * of its own. Takes and gives what `main` does.
 */
export function main(args: readonly string[]): Promise<number> {
  return runProgram({ node: async () => nodeCommand }, args);
}
