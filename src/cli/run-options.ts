import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { AGGREGATES } from '../host/aggregate.ts';
import { SCHEDULES } from '../host/schedule.ts';
import { integerFlag, numberFlag, numbersFlag, parameterFlag, wordFlag } from './flags.ts';

const MOST = Number.MAX_SAFE_INTEGER;

/** An option that is one of some words. */
export function words(flags: string, description: string, allowed: readonly string[]): Option {
  return new Option(flags, `${description}: ${allowed.join(', ')}`).argParser(wordFlag(allowed));
}

/** Adds the options that are RunFlags: what is played, how it is made ready, and where results go. */
export function runOptions(command: Command): Command {
  return command
    .optionsGroup('What is played (a flag wins over the field of a Simulation):')
    .option('--algorithm <a,b,…>', 'whom a node talks to (gossip strategies lists them)', (text) =>
      text.split(','),
    )
    .option(
      '--repetitions <n>',
      'runs of each combination (30 without a Simulation)',
      integerFlag(1, 1e6),
    )
    .option('--factor <x,…>', "weight of the favored side of the community's border", numbersFlag)
    .addOption(words('--favor <side>', 'the side that factor favors', ['inside', 'outside']))
    .option(
      '--prior-partner-factor <x,…>',
      'what a contact multiplies a weight by, 0..1',
      numbersFlag,
    )
    .option(
      '--weighting-param-a <x,…>',
      'share of the community weight beside the measure, 0..1',
      numbersFlag,
    )
    .option(
      '--parameter <name=x,…>',
      'a parameter of a strategy of your own; may be repeated',
      parameterFlag,
    )
    .addOption(words('--aggregate <a>', 'what two nodes do with their values', AGGREGATES))
    .addOption(words('--schedule <s>', 'whose turn it is', SCHEDULES))
    .addOption(
      words('--start <s>', 'what nodes begin with', ['values', 'numbers', 'random', 'source']),
    )
    .option('--source <id>', 'the informed node of --start source: an id, random or max-degree')
    .addOption(words('--redraw <when>', 'start values are drawn once a', ['graph', 'run']))
    .addOption(
      new Option('--random-initialization [boolean]', 'start values 0..100 at random')
        .preset('true')
        .argParser((text) => wordFlag(['true', 'false'])(text) === 'true'),
    )
    .option(
      '--tolerance <x>',
      'for mean: max - min at the end over max - min at the start',
      numberFlag,
    )
    .option(
      '--max-rounds <n>',
      'a run that gets here has not converged (10000)',
      integerFlag(1, 1e9),
    )
    .option(
      '--measure-decimals <n>',
      'decimals of measures (4 up to 1000 nodes, all above)',
      integerFlag(1, 15),
    )
    .option(
      '--seed <n>',
      'the same seed gives the same runs (drawn if absent)',
      integerFlag(0, MOST),
    )
    .optionsGroup('How:')
    .option('--name <name>', "the simulation's name (the first path's stem)")
    .option('--strategies <dir>', 'a folder of your own strategies (also STRATEGY_DIR)')
    .option('--exact', 'compute betweenness exactly, also where it takes over 10 minutes')
    .option('--sample <k>', 'estimate betweenness from k nodes', integerFlag(1, 2 ** 32))
    .option('--jobs <n>', 'threads', integerFlag(1, 1024), availableParallelism())
    .option('--from <manifest>', 'repeat the simulation of a manifest.json')
    .optionsGroup('Results:')
    .option('--results <where>', 'a folder, or s3://bucket[/prefix] at MINIO_ENDPOINT (./results)')
    .option('--resume', 'go on with the simulation begun there, under its seed')
    .addOption(
      new Option('--visualize [boolean]', 'also each round as GEXF, and the rounds as GIF and PNG')
        .preset('true')
        .argParser((text) => wordFlag(['true', 'false'])(text) === 'true'),
    )
    .addOption(
      words('--history <kind>', 'values to keep of each run', ['rounds', 'changes', 'none']),
    )
    .addOption(
      words('--format <format>', 'what is printed', ['table', 'json', 'csv']).default('table'),
    );
}
