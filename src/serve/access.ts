import { Code, ConnectError } from '@connectrpc/connect';
import { TOKEN_HEADER } from '../service/host-service.ts';
import { isToken } from '../transport/index.ts';

/** From where people reach a server, and what they must know. */
export interface AccessSettings {
  /** The address that it listens on. */
  readonly host: string;
  /** The port that it listens on, once it does. */
  readonly port: () => number;
  /** Where a proxy has it, for people: http or https. */
  readonly publicUrls: readonly URL[];
  /** What callers who start and cancel must show, from wherever they call; null: there is none. */
  readonly token: string | null;
}

/** What is looked at of a request. */
export interface Asked {
  readonly path: string;
  /** All that it says of the host it is meant for: Host, and :authority of HTTP/2. */
  readonly hosts: readonly string[];
  /** The Origin of the page that asks; undefined: none does. */
  readonly origin: string | undefined;
}

/** Who may ask, and who may start. */
export interface Access {
  readonly mayStart: boolean;
  readonly needsToken: boolean;
  /** Why a request is not answered, in words; null: it is. */
  refusal(asked: Asked): string | null;
  /**
   * Lets a call pass that starts or cancels.
   *
   * @throws ConnectError where it may not
   */
  admit(headers: Headers): void;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;
/** What is asked by those who know a server by its address alone, such as kubelets and Prometheus. */
const FIGURES = ['/healthz', '/metrics'];
/** Of what a stranger wrote, as much is said back. */
const MOST_SAID = 200;

/** Whether only this machine reaches a server that listens on this address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Whether it is asked by nobody else, as far as is known: a proxy may bring others. */
export function isLocal({
  host,
  publicUrls,
}: Pick<AccessSettings, 'host' | 'publicUrls'>): boolean {
  return isLoopback(host) && publicUrls.every(({ hostname }) => isLoopback(hostname));
}

/**
 * On the loopback address everybody who reaches the server may start. Pages of other sites reach it too, through the
 * browser of somebody at this machine: by its address, which their Origin tells, or by a name of theirs that they point
 * to it (DNS rebinding), which the Host tells. Elsewhere it only reads, unless there is a token; and its names are
 * checked where they are known.
 */
export function createAccess(settings: AccessSettings): Access {
  const { host, port, publicUrls, token } = settings;
  const local = isLocal(settings);
  const knowsItsNames = local || publicUrls.length > 0;
  const publicOrigins = publicUrls.map(({ origin }) => origin);
  const publicHosts = publicUrls.flatMap(({ host, hostname, protocol }) => [
    host,
    `${hostname}:${host.slice(hostname.length + 1) || (protocol === 'https:' ? 443 : 80)}`,
  ]);

  function ownHosts(): string[] {
    const names = ['localhost', '127.0.0.1', '[::1]'];
    if (isLoopback(host))
      names.unshift(host.includes(':') ? `[${host.replace(/[[\]]/g, '')}]` : host);
    const here = [...new Set(names)].map((name) => `${name}:${port()}`);
    // Port 80 goes without saying.
    return [...publicHosts, ...here, ...(port() === 80 ? names : [])];
  }

  return {
    mayStart: local || token !== null,
    needsToken: token !== null,
    refusal({ path, hosts, origin }) {
      if (!local && FIGURES.includes(path)) return null;
      const named = hosts.map((name) => name.toLowerCase());
      if (knowsItsNames) {
        const own = ownHosts();
        const strange = named.find((name) => !own.includes(name));
        if (strange !== undefined || named.length === 0) {
          return `this server is not ${quoted(strange)}: ask for ${own[0]} (--public-url tells it another name, such as a proxy's)`;
        }
      }
      if (origin === undefined || publicOrigins.includes(origin)) return null;
      const schemes = local ? ['http'] : ['http', 'https'];
      if (named.some((name) => schemes.some((scheme) => origin === `${scheme}://${name}`)))
        return null;
      return `a page of ${quoted(origin)} may not ask this server: only its own page may`;
    },
    admit(headers) {
      if (token === null && local) return;
      if (token === null) {
        throw new ConnectError(
          'this server only reads: gossip serve --allow-start lets callers start, with a token',
          Code.PermissionDenied,
        );
      }
      if (isToken(token, headers.get(TOKEN_HEADER) ?? '')) return;
      throw new ConnectError(
        `to start and to cancel takes the token of this server: show it as ${TOKEN_HEADER}`,
        Code.Unauthenticated,
      );
    },
  };
}

function quoted(text = ''): string {
  return JSON.stringify(text.slice(0, MOST_SAID));
}
