import { useState } from 'preact/hooks';
import type { Example, SourceFile } from '../../../gen/gossip/v1/simulation_pb.ts';
import { errorText } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { count } from '../../format.ts';
import { Name } from '../../name.tsx';
import { placeLink } from '../../place.ts';
import { useServer } from '../../server.ts';
import { startAndSee } from '../../starting.ts';
import { TokenForm } from '../../token-field.tsx';
import { exampleTitle } from './example-title.ts';

/** What there is to do where nothing is stored yet. */
export function FirstMinute() {
  const { value: server, error } = useServer();
  if (error !== undefined) return <p class="wrong">{error}</p>;
  if (server === undefined) return null;
  if (!server.mayStart) {
    return (
      <div class="notice">
        <p>
          Nothing is stored in <Name text={server.storage} /> yet, and this server only reads. What
          is played into it by <code>gossip run --results</code> appears here.
        </p>
      </div>
    );
  }
  return (
    <>
      <p>
        Nothing is stored in <Name text={server.storage} /> yet. Play an example, fill in{' '}
        <a href={placeLink('start')}>the form</a>, or drop a graph or a Simulation on this page.
      </p>
      <TokenForm />
      <div class="examples">
        {server.examples.map((example) => (
          <Playable key={example.name} example={example} />
        ))}
      </div>
    </>
  );
}

function Playable({ example }: { example: Example }) {
  const client = useClient();
  const [problem, setProblem] = useState('');
  const [isStarting, setStarting] = useState(false);
  const { name, title, summary, nodes, edges, simulations } = example;

  async function play(files: SourceFile[]) {
    setStarting(true);
    setProblem('');
    try {
      await startAndSee(client, { files, examples: [name] });
    } catch (error) {
      setProblem(errorText(error));
    }
    setStarting(false);
  }

  return (
    <section class="notice" aria-labelledby={`example-${name}`}>
      <h2 id={`example-${name}`}>{title || name}</h2>
      <p>{summary}</p>
      <p class="quiet">
        {count(nodes)} nodes, {count(edges)} edges
      </p>
      <p class="row">
        {simulations.map((file, index) => (
          <button
            type="button"
            key={file.name}
            class={index === 0 ? 'main' : ''}
            disabled={isStarting}
            onClick={() => play([file])}
          >
            Play {exampleTitle(file.name, name)}
          </button>
        ))}
        {simulations.length > 1 && (
          <button type="button" disabled={isStarting} onClick={() => play(simulations)}>
            Play all, to compare
          </button>
        )}
        <a href={placeLink('start', { graph: `example/${name}` })}>Choose what to play</a>
      </p>
      {problem && (
        <p role="alert" class="wrong">
          {problem}
        </p>
      )}
    </section>
  );
}
