import Table from 'cli-table3';
import { Command, Option } from 'commander';
import {
  checkStrategy,
  type DescribedStrategy,
  describeStrategy,
  loadStrategyFile,
  openStrategies,
  type ParameterSchema,
} from '../strategies/index.ts';
import { strategyDirectories } from './strategy-directories.ts';

/** `gossip strategies` and `gossip strategies check FILE`. */
export function strategiesCommand(done: (code: number) => void): Command {
  const command = new Command('strategies').description(
    'list the algorithms, or check one of your own',
  );
  command
    .command('list', { isDefault: true })
    .description('every algorithm: what it does, its parameters, what each node must know')
    .option('--strategies <dir>', 'a folder of your own strategies (also STRATEGY_DIR)')
    .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
    .action(async (options: { strategies?: string; format: string }) => {
      const rows = await list(strategyDirectories(options.strategies));
      if (options.format === 'json') console.log(JSON.stringify(rows, null, 2));
      else print(rows);
    });
  command
    .command('check')
    .argument('<file>', 'a strategy file (.ts, .js)')
    .description(
      'try a strategy: weights finite, not negative, deterministic, no neighbor forgotten',
    )
    .action(async (file: string) => {
      const { strategy } = await loadStrategyFile(file);
      const findings = checkStrategy(strategy);
      for (const { check, view, message } of findings)
        console.log(`${check}: ${message} (${view})`);
      if (findings.length === 0) console.log(`${file}: nothing to object to`);
      done(findings.length === 0 ? 0 : 1);
    });
  return command;
}

type Row = Omit<DescribedStrategy, 'memory'>;

async function list(directories: readonly string[]): Promise<Row[]> {
  const strategies = openStrategies(directories);
  return Promise.all(
    strategies.names().map(async (name) => {
      const { memory: _, ...row } = await describeStrategy(strategies, name);
      return row;
    }),
  );
}

function print(rows: readonly Row[]): void {
  const table = new Table({
    head: ['algorithm', 'what it does', 'each node must know', 'parameters (default)'],
    style: { head: [], border: [] },
    colWidths: [42, 44, 14, 34],
    wordWrap: true,
  });
  for (const { name, summary, knows, parameters } of rows) {
    table.push([name, summary, knows, Object.entries(parameters).map(describe).join('\n')]);
  }
  console.log(table.toString());
}

function describe([name, schema]: [string, ParameterSchema]): string {
  if (schema.type === 'string') return `${name} ${schema.enum.join('|')} (${schema.default})`;
  const low =
    schema.exclusiveMinimum !== undefined ? `> ${schema.exclusiveMinimum}` : schema.minimum;
  const bounds = schema.maximum === undefined ? low : `${low}..${schema.maximum}`;
  return bounds === undefined
    ? `${name} (${schema.default})`
    : `${name} ${bounds} (${schema.default})`;
}
