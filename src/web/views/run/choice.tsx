import type { GetNodeResponse } from '../../../gen/gossip/v1/simulation_pb.ts';
import { formatNumber } from '../../charts/axis.ts';
import { Name } from '../../name.tsx';

export interface ChoiceProps {
  readonly story: GetNodeResponse;
  readonly onSelect: (node: number) => void;
}

/** Why a node picked whom it picked last. */
export function Choice({ story, onSelect }: ChoiceProps) {
  const { choice } = story;
  const exchange = choice?.exchange;
  if (choice === undefined || exchange === undefined) {
    return <p class="quiet">It has picked nobody yet.</p>;
  }
  return (
    <section aria-label="Its last pick">
      <h3>Its last pick</h3>
      <p>
        In round {exchange.round}, as number {exchange.turn + 1}, it asked{' '}
        <button type="button" class="link" onClick={() => onSelect(exchange.other)}>
          <Name text={exchange.otherName} />
        </button>
        : {formatNumber(exchange.valueBefore)} → {formatNumber(exchange.valueAfter)}.
      </p>
      <p class="derivation">{choice.derivation}</p>
      {choice.draws.length > 0 && (
        <p class="quiet">
          {choice.draws.length === 1 ? 'Random number' : 'Random numbers'}:{' '}
          {choice.draws.map(formatNumber).join(', ')}
        </p>
      )}
    </section>
  );
}
