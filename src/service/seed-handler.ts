import type { Handler } from './one-port.ts';
import type { SeedHost } from './seed-host.ts';
import { seedSite } from './site.ts';
import { nodeHandler } from './web.ts';

/** What answers a seed node's runner; in a module of its own, which is loaded when one calls. */
export function seedHandler(
  host: SeedHost,
  stop: () => void,
  allowOrigins?: readonly string[],
): Handler {
  return nodeHandler(seedSite(host, stop, allowOrigins));
}
