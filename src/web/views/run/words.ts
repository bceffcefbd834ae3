import { formatNumber } from '../../charts/axis.ts';
import { count } from '../../format.ts';
import type { Position } from './run-params.ts';

/** What is said of a moment of a run. */
export interface Moment {
  readonly position: Position;
  /** The last round, as far as it is known. */
  readonly last: number;
  /** Whether it is known that no round follows it. */
  readonly isWhole: boolean;
  /** How many exchanges the round has, where the moment is within it. */
  readonly exchanges: number | null;
  readonly nodes: number;
  readonly holding: number;
  readonly final: number;
  readonly isMean: boolean;
  /** For mean: max - min of the values. */
  readonly spread: number;
}

/** A moment in words: "round 3 of 4: 30 of 34 nodes hold 2". */
export function momentText(moment: Moment): string {
  return `${whenText(moment)}: ${holdingText(moment)}`;
}

/** When it is: "round 3 of 4, exchange 5 of 34". */
export function whenText({ position, last, isWhole, exchanges }: Moment): string {
  const of = isWhole ? ` of ${count(last)}` : '';
  if (position.exchange === null) return `round ${count(position.round)}${of}`;
  const all = exchanges === null ? '' : ` of ${count(exchanges)}`;
  return `round ${count(position.round)}${of}, exchange ${count(position.exchange)}${all}`;
}

function holdingText({ nodes, holding, final, isMean, spread, position }: Moment): string {
  if (!isMean) return `${count(holding)} of ${count(nodes)} nodes hold ${formatNumber(final)}`;
  // Who is within the tolerance is known after rounds only.
  if (position.exchange !== null) return `the mean is ${formatNumber(final)}`;
  const near = `${count(holding)} of ${count(nodes)} nodes are within the tolerance of`;
  return `${near} ${formatNumber(final)}, spread ${formatNumber(spread)}`;
}

/** The command that plays a simulation again, in a shell: from a folder, or checked where it is stored. */
export function commandOf(storage: string, folder: string): string {
  const place = `${storage.replace(/\/$/, '')}/${folder}`;
  return place.includes('://')
    ? `gossip verify ${quoted(place)}`
    : `gossip run --from ${quoted(`${place}/manifest.json`)}`;
}

/** A word of a shell's command: as it is where it is harmless. */
function quoted(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
