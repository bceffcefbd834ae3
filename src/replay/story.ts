import type { ExplainedPick } from '../host/shards.ts';
import type { RoundExchanges, Steps } from '../host/steps.ts';

/** What a node has been through until after a round. */
export interface NodeStory {
  /** By round, from the start. */
  readonly values: readonly number[];
  readonly participations: number;
  /** The weights that its next pick goes by, one a neighbor. */
  readonly weights: Float64Array;
  /** Whom it met, ascending. */
  readonly meetings: readonly Meeting[];
  /** Its last pick; null before the first. */
  readonly choice: ExplainedPick | null;
}

/** What a node and a neighbor had to do with each other. */
export interface Meeting {
  readonly node: number;
  /** Exchanges that the node initiated, and the neighbor. */
  readonly initiated: number;
  readonly answered: number;
  readonly lastRound: number;
}

/** Collects the story of one node while its run is played. */
export interface StoryTeller {
  readonly node: number;
  /** A round was played. */
  hear(round: number): void;
  tell(nameOf: (node: number) => string): NodeStory;
}

/** For a run that has just begun, and in which the picks of this node are noted. */
export function createStoryTeller(steps: Steps, node: number): StoryTeller {
  const values = [steps.values[node]];
  const met = new Map<number, { initiated: number; answered: number; lastRound: number }>();

  function meetingWith(other: number, round: number) {
    const meeting = met.get(other) ?? { initiated: 0, answered: 0, lastRound: round };
    meeting.lastRound = round;
    met.set(other, meeting);
    return meeting;
  }

  function meet({ initiators, partners }: RoundExchanges, round: number): void {
    for (let turn = 0; turn < initiators.length; turn++) {
      if (initiators[turn] === node) meetingWith(partners[turn], round).initiated++;
      else if (partners[turn] === node) meetingWith(initiators[turn], round).answered++;
    }
  }

  return {
    node,
    hear(round) {
      values.push(steps.values[node]);
      meet(steps.exchanges(), round);
    },
    tell(nameOf) {
      const meetings = Array.from(met, ([other, meeting]) => ({ node: other, ...meeting }));
      return {
        values: [...values],
        participations: steps.participations[node],
        weights: steps.weightsOf(node),
        meetings: meetings.sort((a, b) => a.node - b.node),
        choice: steps.explain(nameOf),
      };
    },
  };
}
