import { START, stepRound } from './stepping.ts';
import type { Moments } from './use-moments.ts';
import { SPEEDS, type Stride } from './use-playback.ts';

export interface ControlsProps {
  readonly moments: Moments;
  /** What is seen, in words. */
  readonly text: string;
}

/** Playing, stepping, and a slider each for the rounds and for the exchanges of the round. */
export function Controls({ moments, text }: ControlsProps) {
  const { position, last, playback, stride, countOf, problem, go, goWithin } = moments;
  // At the start, the exchanges are those of the first round.
  const round = Math.max(1, position.round);
  const count = last === 0 || problem !== undefined ? 0 : (countOf(round) ?? 0);
  const passed = position.round === 0 ? 0 : (position.exchange ?? count);
  return (
    <fieldset class="controls">
      <legend class="unseen">Playback</legend>
      <div class="buttons">
        <button type="button" class="main play" onClick={playback.toggle}>
          {playback.isPlaying ? 'Pause' : 'Play'}
        </button>
        <button
          type="button"
          aria-label="To the start"
          title="To the start (Home)"
          onClick={() => go(START)}
        >
          «
        </button>
        <button
          type="button"
          aria-label="The round before"
          title="The round before (←)"
          onClick={() => go(stepRound(position, -1, last))}
        >
          ◀
        </button>
        <button
          type="button"
          aria-label="The next round"
          title="The next round (→)"
          onClick={() => go(stepRound(position, 1, last))}
        >
          ▶
        </button>
        <button
          type="button"
          aria-label="To the end"
          title="To the end (End)"
          onClick={() => go({ round: last, exchange: null })}
        >
          »
        </button>
        <label>
          by{' '}
          <select
            value={stride}
            onChange={(event) => moments.setStride(event.currentTarget.value as Stride)}
          >
            <option value="rounds">rounds</option>
            <option value="exchanges" disabled={problem !== undefined}>
              exchanges
            </option>
          </select>
        </label>
        <label>
          <select
            aria-label="Speed"
            value={playback.speed}
            onChange={(event) => playback.setSpeed(Number(event.currentTarget.value))}
          >
            {SPEEDS.map((speed) => (
              <option key={speed} value={speed}>
                {speed} a second
              </option>
            ))}
          </select>
        </label>
      </div>
      <label class="slide">
        <span>Round</span>
        <input
          type="range"
          min={0}
          max={last}
          value={position.round}
          aria-valuetext={text}
          onInput={(event) => go({ round: Number(event.currentTarget.value), exchange: null })}
        />
        <output>
          {position.round} / {last}
        </output>
      </label>
      {problem === undefined ? (
        <label class="slide">
          <span>Exchange</span>
          <button
            type="button"
            aria-label="The exchange before"
            title="The exchange before (Shift ←)"
            onClick={() => goWithin(-1)}
          >
            ◀
          </button>
          <input
            type="range"
            min={position.round === 0 ? 0 : 1}
            max={Math.max(1, count)}
            value={passed}
            disabled={count === 0}
            aria-valuetext={text}
            onInput={(event) => go({ round, exchange: Number(event.currentTarget.value) })}
          />
          <button
            type="button"
            aria-label="The next exchange"
            title="The next exchange (Shift →)"
            onClick={() => goWithin(1)}
          >
            ▶
          </button>
          <output>{count === 0 ? '–' : `${passed} / ${count}`}</output>
        </label>
      ) : (
        <p class="quiet">No exchanges to be seen: {problem}.</p>
      )}
    </fieldset>
  );
}
