import { Aggregate } from '../../../gen/gossip/v1/host_pb.ts';
import type { Compared, HistoryBeginning } from '../../../gen/gossip/v1/simulation_pb.ts';
import type { RoundFigures } from '../../../replay/kept-rounds.ts';
import { formatNumber } from '../../charts/axis.ts';
import type { DistributionRow } from '../../charts/distribution.ts';
import { count, counted, decimal } from '../../format.ts';

type Named = Pick<Compared, 'name' | 'algorithm' | 'parameters' | 'seed' | 'contestant'>;

/** What tells each contestant from the others: its algorithm, and what else it takes. */
export function labelsOf(all: readonly Named[]): string[] {
  const parts = [
    ({ algorithm }: Named) => algorithm,
    ({ parameters }: Named) => parameters,
    ({ contestant }: Named) => `on ${contestant?.graph}`,
    ({ seed }: Named) => (seed === undefined ? 'seed not known' : `seed ${seed}`),
    ({ name }: Named) => `(${name})`,
    ({ contestant }: Named) => `${contestant?.folder}`,
    ({ contestant }: Named) => `execution ${contestant?.execution}`,
  ].filter((part, index) => index < 2 || new Set(all.map(part)).size > 1);
  const label = (one: Named, count: number) =>
    parts
      .slice(0, count)
      .map((part) => part(one))
      .filter(Boolean)
      .join(' ');
  return all.map((one) => {
    const counts = parts.map((_, index) => index + 1);
    const isEnough = (count: number) =>
      all.every((other) => other === one || label(other, count) !== label(one, count));
    return label(one, counts.find(isEnough) ?? parts.length);
  });
}

/** How much faster it is than the first, or why that cannot be said. */
export function speedUpText(
  { speedUp, unpaired }: Pick<Compared, 'speedUp' | 'unpaired'>,
  isFirst: boolean,
): string {
  if (isFirst) return '1';
  if (unpaired !== '') return `not paired: ${unpaired}`;
  if (speedUp === undefined) return '–';
  const { ratio, interval } = speedUp;
  if (interval === undefined) return decimal(ratio);
  return `${decimal(ratio)} (${decimal(interval.low)} to ${decimal(interval.high)})`;
}

/** How many runs there are, and how many of them did not converge. */
export function runsText(runs: number, converged: number): string {
  return converged === runs
    ? count(runs)
    : `${count(runs)}, ${count(runs - converged)} not converged`;
}

/** The graphs that they are on, each once. */
export function graphsOf(all: readonly Pick<Compared, 'contestant'>[]): string[] {
  return [...new Set(all.map(({ contestant }) => contestant?.graph ?? ''))];
}

/** What is said before the numbers, where not all are paired with the first. */
export function pairingText(
  all: readonly Pick<Compared, 'contestant' | 'unpaired'>[],
): string | null {
  const graphs = graphsOf(all);
  if (graphs.length > 1) {
    return `These are on ${graphs.length} graphs. Their runs are not paired: no speed-up can be said of one graph over another, and each picture shows a graph of its own.`;
  }
  const unpaired = all.filter((one) => one.unpaired !== '').length;
  if (unpaired === 0) return null;
  return `${counted(unpaired, 'contestant')} of ${all.length} cannot be paired with the first: the table says why.`;
}

/** The run of that number as Compared has it; null where it is not finished. */
export function runOf(
  { runs, rounds, converged }: Pick<Compared, 'runs' | 'rounds' | 'converged'>,
  run: number,
): { last: number; converged: boolean } | null {
  const index = runs.indexOf(run);
  return index < 0 ? null : { last: rounds[index], converged: converged[index] };
}

/** What nodes hold after a round. */
export function holdingText(
  { holding, distinct, spread }: Omit<RoundFigures, 'round'>,
  { nodes, final, aggregate }: Pick<HistoryBeginning, 'nodes' | 'final' | 'aggregate'>,
): string {
  const some = `${count(holding)} of ${counted(nodes, 'node')}`;
  return aggregate === Aggregate.MEAN
    ? `${some} within the tolerance of ${formatNumber(final)}, spread ${formatNumber(spread)}`
    : `${some} with the final value ${formatNumber(final)}, ${counted(distinct, 'distinct value')}`;
}

/** A contestant's row of the distribution. */
export function distributionRow(
  { rounds, converged, runs, quartiles, summary }: Compared,
  label: string,
  color: string,
): DistributionRow {
  const { mean = null, interval = null } = summary ?? {};
  return { label, color, rounds, converged, runs, quartiles, mean, interval };
}
