import { type Commands, runProgram } from './program.ts';

/** The commands; each is loaded when it is asked for, since a host should start fast and needs little. */
const COMMANDS: Commands = {
  run: async () => (await import('./run.ts')).runCommand,
  runner: async () => (await import('./runner.ts')).runnerCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  strategies: async () => (await import('./strategies.ts')).strategiesCommand,
  measure: async () => (await import('./measure.ts')).measureCommand,
  node: async () => (await import('./node.ts')).nodeCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  results: async () => (await import('./results.ts')).resultsCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  page: async () => (await import('./page.ts')).pageCommand,
  operator: async () => (await import('./operator.ts')).operatorCommand,
};

/** Runs one command line (without the program's name) and gives the exit code. */
export function main(args: readonly string[]): Promise<number> {
  return runProgram(COMMANDS, args);
}
