/** Serves so many hosts in this process and says their addresses: node bench/many-hosts.ts COUNT. */
import { VERSION } from '../src/runner/version.ts';
import { serveHost } from '../src/service/serve-host.ts';

const count = Number(process.argv[2]);
const served = [];
for (let i = 0; i < count; i++) {
  const { port } = await serveHost({
    port: 0,
    peerPort: 0,
    host: '127.0.0.1',
    token: '',
    version: VERSION.gossip,
    allowOrigins: [],
    log: () => {},
  });
  served.push(`127.0.0.1:${port}`);
}
console.log(served.join(','));
process.stdin.on('end', () => process.exit(0)).resume();
