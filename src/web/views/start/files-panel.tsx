import { giveFiles } from '../../files.ts';
import { counted } from '../../format.ts';
import { Name } from '../../name.tsx';
import { FileButton } from './graph-field.tsx';
import type { Given } from './use-contents.ts';

/** The files that were given, and what is in each; what is wrong with them only where no server says it. */
export function FilesPanel({ given, isChecked }: { given: readonly Given[]; isChecked: boolean }) {
  return (
    <section class="notice files" aria-labelledby="files">
      <h2 id="files">Your files</h2>
      <ul>
        {given.map(({ name, size, contents }) => (
          <li key={name}>
            <Name text={name} /> <span class="quiet">{sizeText(size)}</span>
            {contents.problem === undefined ? (
              <div>{contained(contents.graphs, contents.simulations)}</div>
            ) : (
              !isChecked && <div class="wrong">{contents.problem}</div>
            )}
          </li>
        ))}
      </ul>
      <p class="row">
        <FileButton />
        <button type="button" onClick={() => giveFiles([])}>
          Put them away
        </button>
      </p>
    </section>
  );
}

function contained(graphs: readonly string[], simulations: readonly { name: string }[]): string {
  const parts = [
    graphs.length === 0 ? '' : `${counted(graphs.length, 'graph')}: ${listed(graphs)}`,
    simulations.length === 0
      ? ''
      : `${counted(simulations.length, 'Simulation')}: ${listed(simulations.map(({ name }) => name))}`,
  ].filter(Boolean);
  return parts.join('; ') || 'Neither a Graph nor a Simulation of gossip.io/v1 is in it.';
}

function listed(names: readonly string[]): string {
  const some = names.slice(0, 5).map((name) => name.slice(0, 80));
  return names.length > some.length ? `${some.join(', ')}, …` : some.join(', ');
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
