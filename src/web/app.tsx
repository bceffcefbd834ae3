import type { ComponentType } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import { ClientProvider, type SimulationClient } from './client.ts';
import { type Place, placeLink, usePlace, type ViewName } from './place.ts';

/** A view: all that it shows follows from the parameters of the place. */
export type View = ComponentType<Pick<Place, 'params'>>;

/** Loaded when they are first shown. */
const VIEWS: Readonly<Record<ViewName, View>> = {
  simulations: lazy(() => import('./views/simulations/index.tsx')),
  run: lazy(() => import('./views/run/index.tsx')),
  compare: lazy(() => import('./views/compare/index.tsx')),
  start: lazy(() => import('./views/start/index.tsx')),
  hosts: lazy(() => import('./views/hosts/index.tsx')),
};

/** The whole page. */
export function App({ client }: { client: SimulationClient }) {
  const { view, params } = usePlace();
  const Shown = VIEWS[view];
  return (
    <ClientProvider value={client}>
      <header>
        <a class="brand" href={placeLink('simulations')}>
          Gossip
        </a>
        <nav aria-label="Views">
          <a
            href={placeLink('simulations')}
            aria-current={view === 'simulations' ? 'page' : undefined}
          >
            Simulations
          </a>
          <a href={placeLink('start')} aria-current={view === 'start' ? 'page' : undefined}>
            Start
          </a>
        </nav>
      </header>
      <main>
        <Suspense fallback={<p class="quiet">Loading…</p>}>
          <Shown params={params} />
        </Suspense>
      </main>
    </ClientProvider>
  );
}
