import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { errorText } from '../asking.ts';
import { placeLink } from '../place.ts';

/** A part of the page that could not be loaded: its server is away, or has a newer page by now. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/** Shows what went wrong below it instead of an empty page, and how to go on. */
export function Boundary({ children }: { children: ComponentChildren }) {
  const [error, tryAgain] = useErrorBoundary((error) => console.error(error));
  if (error === undefined) return <>{children}</>;
  // A browser does not load a part again that it could not load once.
  const isMissing = error instanceof PartMissing;
  return (
    <div role="alert" class="notice">
      <h1>This could not be shown</h1>
      <p class="wrong">{errorText(error)}</p>
      {isMissing && <p>The server is away, or it has a newer page than this one by now.</p>}
      <p>What is stored is not harmed, and what is being played goes on.</p>
      <p class="row">
        {!isMissing && (
          <button type="button" class="main" onClick={tryAgain}>
            Try again
          </button>
        )}
        <button type="button" class={isMissing ? 'main' : ''} onClick={() => location.reload()}>
          Load the page anew
        </button>
        <a href={placeLink('simulations')}>All simulations</a>
      </p>
    </div>
  );
}
