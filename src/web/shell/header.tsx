import { useConnection } from '../connection.ts';
import { placeLink, type ViewName } from '../place.ts';
import { useServer } from '../server.ts';
import { ThemeSwitch } from './theme-switch.tsx';

/** The name, the ways to the views, and what belongs to the whole page. */
export function Header({ view, onHelp }: { view: ViewName; onHelp: () => void }) {
  const { state } = useConnection();
  const { value: server } = useServer();
  const links: (readonly [ViewName, string])[] = [
    ['simulations', 'Simulations'],
    ['compare', 'Compare'],
  ];
  if (state !== 'none') links.push(['start', 'Start']);
  if ((server?.hosts.length ?? 0) > 0) links.push(['hosts', 'Hosts']);
  return (
    <header>
      <a class="brand" href={placeLink('simulations')}>
        Gossip
      </a>
      <nav aria-label="Views">
        {links.map(([name, title]) => (
          <a key={name} href={placeLink(name)} aria-current={view === name ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <div class="aside">
        {server !== undefined && (
          <span class="quiet storage" title={server.storage}>
            {server.storage}
          </span>
        )}
        <ThemeSwitch />
        <button type="button" class="help" onClick={onHelp} aria-label="Keyboard help" title="?">
          ?
        </button>
      </div>
    </header>
  );
}
