import type { ComponentType } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { useAnswer } from './asking.ts';
import { ClientProvider, type SimulationClient, useClient } from './client.ts';
import { ConnectionProvider, createConnection } from './connection.ts';
import { type Place, usePlace, type ViewName } from './place.ts';
import { ServerProvider } from './server.ts';
import { Banner } from './shell/banner.tsx';
import { Boundary, PartMissing } from './shell/boundary.tsx';
import { DropTarget } from './shell/drop-target.tsx';
import { Header } from './shell/header.tsx';
import { useHeadingFocus } from './shell/heading-focus.ts';
import { KeyboardHelp } from './shell/keyboard-help.tsx';
import { showTitle } from './title.ts';

/** A view: all that it shows follows from the parameters of the place. Its heading is an h1. */
export type View = ComponentType<Pick<Place, 'params'>>;

/** Loaded when they are first shown. */
const VIEWS: Readonly<Record<ViewName, View>> = {
  simulations: part(() => import('./views/simulations/index.tsx')),
  run: part(() => import('./views/run/index.tsx')),
  compare: part(() => import('./views/compare/index.tsx')),
  start: part(() => import('./views/start/index.tsx')),
  hosts: part(() => import('./views/hosts/index.tsx')),
};

const TITLES: Readonly<Record<ViewName, string>> = {
  simulations: '',
  run: 'Run',
  compare: 'Compare',
  start: 'Start a simulation',
  hosts: 'Hosts',
};

/** The whole page. */
export function App({ client }: { client: SimulationClient }) {
  const connection = useMemo(() => createConnection(client), [client]);
  useEffect(() => connection.start(), [connection]);
  return (
    <ClientProvider value={client}>
      <ConnectionProvider value={connection}>
        <Page />
      </ConnectionProvider>
    </ClientProvider>
  );
}

function Page() {
  const { view, params } = usePlace();
  const client = useClient();
  const server = useAnswer((signal) => client.getServer({}, { signal }), [client]);
  const [isHelpOpen, setHelpOpen] = useState(false);
  // Before the effects of the view, which may know a better one.
  useLayoutEffect(() => showTitle(TITLES[view]), [view]);
  useHeadingFocus(view);
  const Shown = VIEWS[view];
  return (
    <ServerProvider value={server}>
      <button type="button" class="skip" onClick={skip}>
        Skip to the content
      </button>
      <Header view={view} onHelp={() => setHelpOpen(true)} />
      <Banner />
      <main id="main" tabIndex={-1}>
        <Boundary key={view}>
          <Suspense fallback={<p class="quiet">Loading…</p>}>
            <Shown params={params} />
          </Suspense>
        </Boundary>
      </main>
      <KeyboardHelp isOpen={isHelpOpen} onOpen={setHelpOpen} />
      <DropTarget />
    </ServerProvider>
  );
}

/** A button, since a link's fragment would be another place. */
function skip(): void {
  document.getElementById('main')?.focus();
}

function part(load: () => Promise<{ default: View }>): View {
  return lazy(() =>
    load().catch((cause) => {
      throw new PartMissing('a part of this page could not be loaded', { cause });
    }),
  );
}
