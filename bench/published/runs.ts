import { readFile } from 'node:fs/promises';
import { inputError } from '../../src/errors.ts';
import { parseAlgorithmName } from '../../src/strategies/index.ts';

/** Published runs that differ only in graph and repetition. */
export interface Group {
  readonly series: string;
  readonly algorithm: string;
  /** null where the algorithm does not use it. */
  readonly factor: number | null;
  readonly priorPartnerFactor: number | null;
  readonly weightingParamA: number | null;
  /** As published: empty, or exec-1, exec-2 ... */
  readonly execution: string;
  /**
   * Whether its runs can be compared: a later execution of plain memory cannot, since it began with the weights that
   * the one before had lowered.
   */
  readonly comparable: boolean;
  /** The rounds of each run, by graph. */
  readonly rounds: Map<string, number[]>;
}

const COLUMNS = [
  'series',
  'graph',
  'algorithm',
  'factor',
  'prior_partner_factor',
  'weighting_param_a',
  'execution',
  'run',
  'num_rounds',
] as const;

/**
 * Reads published runs and groups them by all but graph and run, in the order of the file. Of plain memory only the
 * first run of a graph is kept: the later ones began with lowered weights.
 *
 * @throws GossipError `input` with the line
 */
export async function readGroups(file: string): Promise<Group[]> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw inputError(`${file}: ${error.message}`, { cause: error });
  });
  const [header, ...lines] = text.split(/\r?\n/);
  if (header !== COLUMNS.join(',')) {
    throw inputError(`${file}, line 1: the columns must be ${COLUMNS.join(',')}`);
  }
  const groups = new Map<string, Group>();
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    addRun(groups, line.split(','), `${file}, line ${index + 2}`);
  }
  if (groups.size === 0) throw inputError(`${file}: it has no runs`);
  return [...groups.values()];
}

function addRun(groups: Map<string, Group>, fields: readonly string[], place: string): void {
  if (fields.length !== COLUMNS.length) {
    throw inputError(`${place}: it has ${fields.length} fields, not ${COLUMNS.length}`);
  }
  const [series, graph, algorithm, factor, prior, a, execution] = fields;
  const number = (column: number) => numberOf(fields[column], COLUMNS[column], place);
  if (number(7) < 1 || number(8) < 1) throw inputError(`${place}: run and num_rounds begin at 1`);
  const plainMemory = parseAlgorithmName(algorithm).memory === 'plain';
  const comparable = !plainMemory || execution === '' || execution === 'exec-1';
  if (plainMemory && comparable && number(7) > 1) return;
  const key = [series, algorithm, factor, prior, a, execution].join(',');
  const group = groups.get(key) ?? {
    series,
    algorithm,
    factor: factor === '' ? null : number(3),
    priorPartnerFactor: prior === '' ? null : number(4),
    weightingParamA: a === '' ? null : number(5),
    execution,
    comparable,
    rounds: new Map<string, number[]>(),
  };
  groups.set(key, group);
  const ofGraph = group.rounds.get(graph) ?? [];
  group.rounds.set(graph, ofGraph);
  ofGraph.push(number(8));
}

function numberOf(text: string, column: string, place: string): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  throw inputError(`${place}: ${column} must be a number, not ${JSON.stringify(text)}`);
}
