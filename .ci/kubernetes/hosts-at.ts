// node .ci/kubernetes/hosts-at.ts ADDRESS…: serves a host at each address, with the ports and token of a pod, in this one
// process; says so on standard output, and leaves when standard input ends.
import { HOST_PORT, PEER_PORT } from '../../src/operator/objects/hosts-job.ts';
import { VERSION } from '../../src/runner/version.ts';
import { serveHost } from '../../src/service/serve-host.ts';

for (const host of process.argv.slice(2)) {
  await serveHost({
    port: HOST_PORT,
    peerPort: PEER_PORT,
    host,
    token: process.env.GOSSIP_TOKEN ?? '',
    version: VERSION.gossip,
    allowOrigins: [],
    log: () => {},
  });
}
console.log('there');
process.stdin.on('end', () => process.exit(0)).resume();
