import { readFile, writeFile } from 'node:fs/promises';
import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { Command } from 'commander';
import { inputError } from '../errors.ts';
import { GetServerResponseSchema } from '../gen/gossip/v1/simulation_pb.ts';
import { findSimulations, type Place, writeWhole } from '../results/index.ts';
import { VERSION } from '../runner/index.ts';
import { offlineFolder } from '../serve/page-folder.ts';
import { openStrategies } from '../strategies/index.ts';
import { DEFAULT_RESULTS } from './default-results.ts';
import { exportedDocument } from './page-document.ts';
import { gather } from './page-gather.ts';
import { openSource } from './page-source.ts';
import { interruptible, nothingThere, notice, openPlace, wantedOf } from './results-place.ts';
import { strategyDirectories } from './strategy-directories.ts';

interface ExportFlags {
  readonly output: string;
  readonly strategies?: string;
}

/** A browser reads so much at once, in bytes. */
const LARGEST = 32 * 2 ** 20;

/** `gossip page export`: the page and what it shows in one file. */
export function pageCommand(done: (code: number) => void): Command {
  const command = new Command('page').description('the page of gossip serve, without a server');
  command
    .command('export')
    .description('write one HTML file that shows stored simulations and plays them, from disk')
    .argument(
      '[where]',
      "a folder or s3://bucket[/prefix] with results, or one simulation's folder in it",
      DEFAULT_RESULTS,
    )
    .argument('[simulation...]', 'names or folders of the simulations; none: all')
    .requiredOption('--output <file>', 'the file, such as lecture.html')
    .option('--strategies <dir>', 'a folder of your own strategies (also STRATEGY_DIR)')
    .action((where: string, names: string[], flags: ExportFlags) =>
      interruptible(done, async (signal) => {
        const place = await openPlace(where, signal);
        await exportPage(place, names, flags, signal).catch(inWords);
        return 0;
      }),
    );
  return command;
}

async function exportPage(
  place: Place,
  names: readonly string[],
  { output, strategies }: ExportFlags,
  signal: AbortSignal,
): Promise<void> {
  const folders = await foldersOf(place, names);
  const source = openSource({
    storage: place.storage,
    strategies: openStrategies(strategyDirectories(strategies)),
    ...{ signal, notice },
  });
  const server = create(GetServerResponseSchema, {
    version: VERSION.gossip,
    storage: 'exported page',
  });
  const exported = await gather(source, server, folders, signal);
  const folder = await offlineFolder(notice);
  const [script, style, licenses] = await Promise.all(
    ['offline.js', 'offline.css', 'offline.licenses.md'].map((file) =>
      readFile(new URL(file, folder), 'utf8'),
    ),
  );
  const document = exportedDocument(exported, { script, style, licenses });
  const bytes = Buffer.byteLength(document);
  if (bytes > LARGEST) {
    throw inputError(
      `the page would have ${megabytes(bytes)}, and a browser should not have to read more than ${megabytes(LARGEST)}: name fewer simulations`,
    );
  }
  await writeWhole(output, (temporary) => writeFile(temporary, document));
  const runs = exported.simulations.reduce((sum, simulation) => sum + simulation.runs.length, 0);
  const count = folders.length === 1 ? '1 simulation' : `${folders.length} simulations`;
  console.log(`${output}: ${count}, ${runs} runs, ${megabytes(bytes)}`);
}

/** The folders of the simulations that are named, each once; of all where none is. */
async function foldersOf(place: Place, names: readonly string[]): Promise<string[]> {
  const folders: string[] = [];
  const fail = (problem: Error) => {
    throw problem;
  };
  for (const name of names.length === 0 ? [undefined] : names) {
    const flags = name === undefined ? {} : { simulation: [name] };
    const before = folders.length;
    for await (const { folder } of findSimulations(place.storage, wantedOf(place, flags), fail)) {
      folders.push(folder);
    }
    if (folders.length === before) throw nothingThere(place, flags);
  }
  return [...new Set(folders)];
}

/** What the service says is wrong is wrong with what is exported. */
function inWords(error: unknown): never {
  if (error instanceof ConnectError && error.code !== Code.Internal) {
    throw inputError(error.rawMessage, { cause: error });
  }
  throw error;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
