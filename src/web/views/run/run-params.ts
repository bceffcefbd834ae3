/** What the URL of the run view says. */
export interface RunParams {
  /** The simulation's folder. */
  readonly folder: string;
  /** Empty: its first. */
  readonly graph: string;
  /** Both from 1. */
  readonly execution: number;
  readonly run: number;
  readonly position: Position;
  /** The node that is looked at; null: none. */
  readonly node: number | null;
}

/** A moment of a run. */
export interface Position {
  /** After this round; 0: at the start. */
  readonly round: number;
  /** Within that round rather than after it: after so many of its exchanges, from 1; null: after all of it. */
  readonly exchange: number | null;
}

/** What names the run, its moment and its node; what cannot be read counts as absent. */
export function runParamsOf(params: URLSearchParams): RunParams {
  const round = whole(params.get('round'), 0) ?? 0;
  const exchange = round === 0 ? null : whole(params.get('exchange'), 1);
  return {
    folder: params.get('simulation') ?? '',
    graph: params.get('graph') ?? '',
    execution: whole(params.get('execution'), 1) ?? 1,
    run: whole(params.get('run'), 1) ?? 1,
    position: { round, exchange },
    node: whole(params.get('node'), 0),
  };
}

/** The parameters of a moment, as linkWith takes them. */
export function positionChanges({ round, exchange }: Position): Record<string, string | null> {
  return {
    round: round === 0 ? null : `${round}`,
    exchange: exchange === null ? null : `${exchange}`,
  };
}

/** A number of digits alone, and no less than `least`. */
function whole(text: string | null, least: number): number | null {
  if (text === null || !/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value < 2 ** 32 ? value : null;
}
