import { VERSION } from '../runner/version.ts';
import { type HostOptions, type ServedHost, serveHost } from '../service/index.ts';

/** For tests: hosts on addresses of this machine, all on one port as pods have it, and a name server that knows them. */
export interface TestCluster {
  readonly port: number;
  /** Addresses by name; a name without one does not resolve. */
  readonly records: Map<string, string>;
  /** Names looked up, in order. */
  readonly questions: string[];
  lookup(name: string): Promise<string>;
  /** Starts a host on an address of its own, which it gives. */
  start(more?: Partial<HostOptions>): Promise<string>;
  /** Ends the host at an address at once. */
  kill(address: string): Promise<void>;
}

/** For tests: gives a cluster without hosts to a test, and ends its hosts afterwards. */
export async function withCluster(use: (cluster: TestCluster) => Promise<void>): Promise<void> {
  const hosts = new Map<string, ServedHost>();
  const records = new Map<string, string>();
  const questions: string[] = [];
  const options = {
    peerPort: 0,
    allowOrigins: [],
    log() {},
    token: 'secret',
    version: VERSION.gossip,
  };
  // Tests run beside each other, so each has addresses of its own.
  const net = `127.${1 + (process.pid % 250)}.${Math.floor(Math.random() * 250)}`;
  const first = await serveHost({ ...options, host: `${net}.250`, port: 0 });
  const { port } = first;
  await first.stop(0);
  try {
    await use({
      port,
      records,
      questions,
      async lookup(name) {
        questions.push(name);
        const address = records.get(name);
        if (address === undefined) throw new Error(`queryA ENOTFOUND ${name}`);
        return address;
      },
      async start(more = {}) {
        const address = more.host ?? `${net}.${hosts.size + 1}`;
        hosts.set(address, await serveHost({ ...options, host: address, port, ...more }));
        return address;
      },
      kill: async (address) => hosts.get(address)?.stop(0),
    });
  } finally {
    await Promise.all([...hosts.values()].map((host) => host.stop(0)));
  }
}
