import { Command, CommanderError } from 'commander';
import { GossipError } from '../errors.ts';
import { VERSION } from '../runner/version.ts';

/** Exit codes: 0 done, 1 a run or a write failed, 2 bad input, 130 interrupted. */
const FAILED = 1;
const BAD_INPUT = 2;

/** Loads a command, and makes it: `done` gets its exit code. */
type Load = () => Promise<(done: (code: number) => void) => Command>;

/** Commands by name. */
export type Commands = Readonly<Record<string, Load>>;

/** Runs one command line (without the program's name) and gives the exit code; messages go to standard error. */
export async function runProgram(commands: Commands, args: readonly string[]): Promise<number> {
  let code = 0;
  const done = (result: number) => {
    code = result;
  };
  const program = new Command('gossip')
    .description('How fast does a value spread on this network, and whom should a node talk to?')
    .version(VERSION.gossip)
    .exitOverride()
    // A command and its own commands may have options of the same name.
    .enablePositionalOptions()
    .showHelpAfterError('(gossip --help shows what there is)');
  const [asked] = args;
  for (const name of Object.hasOwn(commands, asked) ? [asked] : Object.keys(commands)) {
    const make = await commands[name]();
    program.addCommand(make(done));
  }
  for (const command of program.commands) inherit(command, program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_INPUT;
    if (error instanceof GossipError) {
      console.error(`gossip: ${error.message}`);
      return error.code === 'input' ? BAD_INPUT : FAILED;
    }
    console.error(error);
    return FAILED;
  }
}

function inherit(command: Command, from: Command): void {
  command.copyInheritedSettings(from);
  for (const child of command.commands) inherit(child, command);
}
