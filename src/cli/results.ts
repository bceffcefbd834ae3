import { Command, Option } from 'commander';
import { packInto, packSimulation, unpackSimulation } from '../results/index.ts';
import { openStorage } from '../storage/index.ts';
import { DEFAULT_RESULTS } from './default-results.ts';
import { numberFlag, wordFlag } from './flags.ts';
import { choiceOptions, interruptible, notice, oneSimulation, openPlace } from './results-place.ts';
import { printSimulations, type ResultsFlags, writeRuns } from './results-runs.ts';

const list = (text: string) => text.split(',');

/** A reader that has seen enough is no failure. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** `gossip results`: simulations and runs that are stored, as tables and files. */
export function resultsCommand(done: (code: number) => void): Command {
  const command = new Command('results')
    .description('list stored simulations, read their runs as one table, move them')
    .argument(
      '[where]',
      "a folder or s3://bucket[/prefix] with results, or one simulation's folder in it",
      DEFAULT_RESULTS,
    );
  choiceOptions(command)
    .option('--graph <a,b,…>', 'only runs on these graphs', list)
    .addOption(
      new Option(
        '--format <format>',
        'all runs, instead of the list: table, csv, json, parquet',
      ).argParser(wordFlag(['table', 'csv', 'json', 'parquet'])),
    )
    .option('--output <file>', 'where they are written, instead of printed')
    .action((where: string, flags: ResultsFlags) =>
      interruptible(done, async (signal) => {
        const place = await openPlace(where, signal);
        return flags.format === undefined
          ? printSimulations(place, flags, signal)
          : writeRuns(place, flags, signal);
      }),
    );
  command
    .command('export')
    .description('pack a simulation into one file (.tar.gz)')
    .argument('<where>', 'as above')
    .argument('[simulation]', 'its name or folder, where there are several')
    .option('--output <file>', 'the file (its folder’s name with .tar.gz), or - to print it')
    .action((where: string, name: string | undefined, flags: { output?: string }) =>
      interruptible(done, async (signal) => {
        const place = await openPlace(where, signal);
        const { folder } = await oneSimulation(place, name);
        if (flags.output === '-') {
          await packInto(place.storage, folder, process.stdout, signal).catch(unlessGone);
          return 0;
        }
        const file = flags.output ?? `${folder}.tar.gz`;
        const count = await packSimulation(place.storage, folder, file, signal);
        console.log(`${file}: ${folder}, ${count} objects`);
        return 0;
      }),
    );
  command
    .command('import')
    .description('restore a simulation from such a file; nothing that is there is overwritten')
    .argument('<file>', 'what gossip results export has written')
    .option('--results <where>', 'a folder or s3://bucket[/prefix]', DEFAULT_RESULTS)
    .option('--most <gb>', 'refuse a file that is larger unpacked', numberFlag, 10)
    .action((file: string, { results, most }: { results: string; most: number }) =>
      interruptible(done, async (signal) => {
        const storage = await openStorage(results, process.env, { notice, signal });
        const { folder, written, found } = await unpackSimulation(
          file,
          storage,
          most * 1e9,
          signal,
        );
        const before = found === 0 ? '' : `, ${found} were there already`;
        console.log(`${storage.describe()}/${folder}: ${written} objects written${before}`);
        return 0;
      }),
    );
  return command;
}
