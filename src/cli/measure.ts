import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { inputError } from '../errors.ts';
import { contentHash } from '../graph/index.ts';
import { measureGraph } from '../graph/measures/index.ts';
import { deriveKey, Purpose, seedWords, sequence } from '../host/random.ts';
import { announceBetweenness, readResources } from '../runner/index.ts';
import { integerFlag } from './flags.ts';

interface MeasureFlags {
  readonly seed: number;
  readonly exact?: boolean;
  readonly sample?: number;
  readonly jobs: number;
}

/** `gossip measure PATH…`: what a graph is like, under the names of the published graphProperties. */
export function measureCommand(): Command {
  return new Command('measure')
    .description('density, transitivity, centralities, communities of graphs, as JSON')
    .argument('<path...>', 'files and folders with graphs')
    .option('--seed <n>', 'for the Louvain partition', integerFlag(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--exact', 'compute betweenness exactly, also where it takes over 10 minutes')
    .option('--sample <k>', 'estimate betweenness from k nodes', integerFlag(1, 2 ** 32))
    .option('--jobs <n>', 'worker threads', integerFlag(1, 1024), availableParallelism())
    .action(async (paths: string[], options: MeasureFlags) => {
      const { graphs, warnings } = await readResources(paths);
      for (const warning of warnings) console.error(`gossip: ${warning}`);
      if (graphs.length === 0) throw inputError(`there is no graph in ${paths.join(', ')}`);
      const results: Record<string, unknown> = {};
      for (const source of graphs) {
        const { name, graph } = source;
        if (options.sample === undefined) {
          const { jobs, exact = false } = options;
          announceBetweenness(source, {
            jobs,
            exact,
            notice: (text) => console.error(`gossip: ${text}`),
          });
        }
        const draw = sequence(
          deriveKey([Purpose.community, ...seedWords(options.seed), ...contentHash(graph)]),
        );
        const sample = options.sample === undefined ? undefined : { count: options.sample, draw };
        results[name] = await measureGraph(graph, { draw, jobs: options.jobs, sample });
      }
      console.log(JSON.stringify(results, null, 2));
    });
}
