import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inFolder } from '../cli/command.fixture.ts';
import { GossipError } from '../errors.ts';
import { ring } from '../graph/generators/index.ts';
import type { HostConfiguration } from '../host/host.ts';
import { timedTest } from '../transport/within.fixture.ts';
import {
  accepted,
  comparable,
  NAMESPACE,
  playedAtOnce,
  surroundings,
} from './assignment.fixture.ts';
import { type TestCluster, withCluster } from './cluster-hosts.fixture.ts';
import { type ClusterHosts, openClusterHosts } from './cluster-hosts.ts';
import { hostNames } from './cluster-names.ts';
import { playAssignment } from './play-assignment.ts';
import { createRemoteHosts } from './remote-host.ts';
import { createProgressKeeper } from './runner-progress.ts';

const NEVER = new AbortController().signal;

function hostsOf({ port, lookup }: TestCluster, more: Partial<ClusterHosts> = {}): ClusterHosts {
  const names = ['a-0.s.', 'a-1.s.', 'a-2.s.'];
  return { names, port, token: 'secret', deadline: 20_000, lookup, onReady() {}, ...more };
}

/** Starts a host and gives it this name. */
async function hostFor(cluster: TestCluster, name: string, more = {}): Promise<string> {
  const address = await cluster.start(more);
  cluster.records.set(name, address);
  return address;
}

async function failure(promise: Promise<unknown>): Promise<GossipError> {
  const error = await promise.catch((error: unknown) => error);
  assert.instance(error, GossipError);
  return error as GossipError;
}

timedTest(
  'hosts are waited for as they come, and a name that was found is not looked up again',
  () =>
    withCluster(async (cluster) => {
      const counts: number[] = [];
      const hosts = hostsOf(cluster, { onReady: (ready) => counts.push(ready), believed: 60_000 });
      await hostFor(cluster, 'a-0.s.');
      const opened = openClusterHosts(hosts, NEVER);
      await sleep(150);
      // Its name is there before it is.
      const address = await cluster.start();
      await cluster.kill(address);
      cluster.records.set('a-2.s.', address);
      const before = cluster.questions.length;
      await sleep(1000);
      await cluster.start({ host: address });
      await hostFor(cluster, 'a-1.s.');
      const { remotes, token, kill } = await opened;
      assert.equal(
        remotes.map(({ client }) => client.address),
        hosts.names.map((name) => `${cluster.records.get(name)}:${cluster.port}`),
      );
      for (const [index, { peerAddress }] of remotes.entries()) {
        assert.match(peerAddress, new RegExp(`^${cluster.records.get(hosts.names[index])}:\\d+$`));
      }
      assert.is(token, 'secret');
      assert.equal(counts, [0, 1, 2, 3]);
      const asked = (name: string, from = 0) =>
        cluster.questions.slice(from).filter((question) => question === name).length;
      assert.is(asked('a-0.s.'), 1);
      assert.ok(asked('a-1.s.') > 1);
      assert.is(asked('a-2.s.', before), 1);
      assert.equal(cluster.questions.slice(0, 3), hosts.names);
      await kill();
    }),
);

timedTest('hosts that are not there in time are named, with a reason', () =>
  withCluster(async (cluster) => {
    await hostFor(cluster, 'a-1.s.');
    const hosts = hostsOf(cluster, { deadline: 400 });
    const { code, message } = await failure(openClusterHosts(hosts, NEVER));
    assert.is(code, 'failed');
    assert.is(message, '2 of 3 hosts did not answer: a-0, a-2 (a-0: queryA ENOTFOUND a-0.s.)');
    const names = hostNames({ job: 'j', service: 's', namespace: 'n' }, 40, 'c');
    const many = await failure(openClusterHosts({ ...hosts, names }, NEVER));
    assert.match(many.message, /^40 of 40 hosts did not answer: j-0, .*, j-\d+ and 35 more \(j-/);
  }),
);

timedTest('a host of others is waited for, one of another version not', () =>
  withCluster(async (cluster) => {
    await hostFor(cluster, 'a-0.s.');
    await hostFor(cluster, 'a-1.s.', { token: 'of others' });
    await hostFor(cluster, 'a-2.s.');
    const hosts = hostsOf(cluster, { deadline: 400 });
    const { message } = await failure(openClusterHosts(hosts, NEVER));
    assert.match(message, /^1 of 3 hosts did not answer: a-1 \(a-1: .*token/);
    await hostFor(cluster, 'a-2.s.', { version: '0.0.1' });
    const other = await failure(openClusterHosts({ ...hosts, deadline: 60_000 }, NEVER));
    assert.match(
      other.message,
      /is of gossip 0\.0\.1, this runner of .*: give them the same version/,
    );
  }),
);

timedTest(
  'where a name still leads to the address that another has got since, both are looked up again',
  () =>
    withCluster(async (cluster) => {
      const address = await hostFor(cluster, 'a-0.s.');
      await hostFor(cluster, 'a-1.s.');
      cluster.records.set('a-2.s.', address);
      const opened = openClusterHosts(hostsOf(cluster), NEVER);
      await sleep(300);
      const own = await hostFor(cluster, 'a-0.s.');
      const { remotes, kill } = await opened;
      assert.equal(
        remotes.map(({ client }) => client.address.split(':')[0]),
        [own, cluster.records.get('a-1.s.'), address],
      );
      await kill();
    }),
);

timedTest('a name whose host does not answer is looked up again after a while', () =>
  withCluster(async (cluster) => {
    const gone = await hostFor(cluster, 'a-0.s.');
    await cluster.kill(gone);
    const hosts = hostsOf(cluster, { names: ['a-0.s.'], believed: 100 });
    const opened = openClusterHosts(hosts, NEVER);
    await sleep(300);
    const address = await hostFor(cluster, 'a-0.s.');
    const { remotes, kill } = await opened;
    assert.is(remotes[0].client.address, `${address}:${cluster.port}`);
    await kill();
  }),
);

timedTest('hosts that a runner with a clock ahead has configured are configured anew', () =>
  withCluster(async (cluster) => {
    const graph = ring(12);
    const configuration: HostConfiguration = {
      ...{ graph, graphWords: [1, 2, 3, 4], seed: 5, weights: null, memory: 'none' },
      ...{ priorPartnerFactor: 1, aggregate: 'minimum', schedule: 'ascending', tolerance: 0.001 },
      ...{ start: { kind: 'numbers' }, redraw: 'graph' },
    };
    const hosts = hostsOf(cluster);
    for (const name of hosts.names) await hostFor(cluster, name);
    const { now } = Date;
    for (const ahead of [3_600_000, 0]) {
      const { remotes, token, kill } = await openClusterHosts(hosts, NEVER);
      Date.now = () => now() + ahead;
      try {
        await createRemoteHosts(remotes, 4, token).configure(configuration);
      } finally {
        Date.now = now;
      }
      await kill();
    }
  }),
);

timedTest('waiting ends with the reason of its signal', () =>
  withCluster(async (cluster) => {
    const leaving = new AbortController();
    const opened = openClusterHosts(hostsOf(cluster), leaving.signal);
    await sleep(50);
    leaving.abort('SIGTERM');
    assert.is(await opened.catch((reason) => reason), 'SIGTERM');
  }),
);

timedTest('hosts may have IPv6 addresses', () =>
  withCluster(async (cluster) => {
    try {
      await hostFor(cluster, 'a-0.s.', { host: '::1' });
    } catch {
      return; // This machine has none.
    }
    const { remotes, kill } = await openClusterHosts(
      hostsOf(cluster, { names: ['a-0.s.'] }),
      NEVER,
    );
    assert.is(remotes[0].client.address, `[::1]:${cluster.port}`);
    assert.match(remotes[0].peerAddress, /^\[::1\]:\d+$/);
    await kill();
  }),
);

const NODES = [16, 12];
const NODES_PER_HOST = 4;

/** Plays the runs on one graph on hosts of a cluster. */
async function playGraph(
  cluster: TestCluster,
  folder: string,
  graph: number,
  onRun: (done: number) => Promise<unknown> | undefined = () => undefined,
) {
  const job = `g${graph}`;
  const hosts = NODES[graph] / NODES_PER_HOST;
  const play = {
    ...({ on: 'hosts', graph, hosts, nodesPerHost: NODES_PER_HOST } as const),
    ...{ job, service: job, startDeadlineSeconds: 20 },
  };
  const names = hostNames({ job, service: job, namespace: NAMESPACE }, hosts, 'cluster.test');
  for (const name of names) await hostFor(cluster, name);
  const notices: string[] = [];
  const progress = createProgressKeeper();
  const phases: string[] = [];
  const update = (changes: Parameters<typeof progress.update>[0]) => {
    progress.update(changes);
    if (progress.now().phase !== phases.at(-1)) phases.push(progress.now().phase);
    if (changes.runsDone !== undefined) void onRun(changes.runsDone);
  };
  const played = await playAssignment(
    { ...(await accepted()), play },
    surroundings(folder, {
      lookup: cluster.lookup,
      hostPort: cluster.port,
      progress: { ...progress, update },
      notice: (text) => notices.push(text),
    }),
  );
  return { played, notices, phases, progress: progress.now(), names };
}

timedTest('two graphs, each played on hosts of its own, leave what gossip run does', () =>
  withCluster((cluster) =>
    inFolder({}, async (folder) => {
      const expected = await playedAtOnce();
      for (const graph of [0, 1]) {
        const { progress, played, phases } = await playGraph(cluster, folder, graph);
        const hosts = NODES[graph] / NODES_PER_HOST;
        assert.is(played.runs, 10);
        assert.equal(progress, {
          ...{ phase: 'playing', hostsReady: hosts, hosts, runsDone: 10, runs: 10 },
          folder: played.folder,
        });
        assert.is(phases.at(-1), 'playing');
        const csv = Object.keys(comparable(folder)).some((path) => path.endsWith('runs.csv'));
        assert.is(csv, graph === 1);
      }
      assert.equal(comparable(folder), expected);
    }),
  ),
);

timedTest('a host that is replaced in mid run is looked up again, and nothing shows', () =>
  withCluster((cluster) =>
    inFolder({}, async (folder) => {
      const name = 'g0-2.g0.lab.svc.cluster.test.';
      let replaced = false;
      const replace = async (done: number) => {
        if (done < 2 || replaced) return;
        replaced = true;
        await cluster.kill(cluster.records.get(name)!);
        cluster.records.delete(name);
        await sleep(300);
        await hostFor(cluster, name);
      };
      const { notices, phases, names } = await playGraph(cluster, folder, 0, replace);
      assert.ok(replaced);
      assert.match(notices.join('\n'), /run \d+: .*g?.*; it is played again/);
      assert.ok(phases.lastIndexOf('waiting') > phases.indexOf('playing'), phases.join());
      const asked = cluster.questions.filter((question) => question === names[0]).length;
      assert.is(asked, 2, 'each is looked up once a time');
      await playGraph(cluster, folder, 1);
      assert.equal(comparable(folder), await playedAtOnce());
    }),
  ),
);

timedTest('hosts that never come end the play, also while graphs are measured', () =>
  withCluster((cluster) =>
    inFolder({}, async (folder) => {
      const play = {
        ...({ on: 'hosts', graph: 0, hosts: 4, nodesPerHost: 4, startDeadlineSeconds: 1 } as const),
        ...{ job: 'none', service: 'none' },
      };
      const { lookup, port } = cluster;
      const { code, message } = await failure(
        playAssignment(
          { ...(await accepted()), play },
          surroundings(folder, { lookup, hostPort: port }),
        ),
      );
      assert.is(code, 'failed');
      assert.match(
        message,
        /^4 of 4 hosts did not answer: none-0, none-1, none-2, none-3 \(none-0: /,
      );
    }),
  ),
);

test.run();
