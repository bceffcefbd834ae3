/** Machines as network namespaces on a bridge, each with addresses for pods. Linux, as root. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where this process is found from all machines. */
export const OUTSIDE = '10.78.0.254';
/** A machine without pods, where the runner is. */
export const RUNNERS = { name: 'runner', address: '10.78.0.253' };

/** In memory, and gone with the namespaces. */
export const OWN_FOLDER = '/run';

/** The address of a pod on the machine of an index below 200; both from 0. */
export function podAddress(machine: number, pod: number): string {
  return `10.77.${machine}.${pod + 1}`;
}

/** What a command line is to begin with, so that it runs on a machine. */
export function onMachine(name: string): string[] {
  return ['nsenter', `--net=/run/netns/${name}`];
}

/** The name of the machine of an index. */
export function machineName(machine: number): string {
  return `m${machine}`;
}

/**
 * Goes on as process 1 of namespaces of its own, with which all that it starts, mounts and connects ends, however it ends.
 * There it returns, with an empty OWN_FOLDER; `inside` says that it is there.
 */
export function enterNamespaces(inside: boolean, script: string, args: readonly string[]): void {
  if (inside) return void execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', OWN_FOLDER]);
  if (process.getuid?.() !== 0) throw new Error('it needs root, to make network namespaces');
  const unshare = spawnSync('which', ['unshare'], { encoding: 'utf8' }).stdout.trim();
  const how = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const command = ['unshare', ...how, process.execPath, script, ...args];
  process.execve!(unshare, command, process.env as Record<string, string>);
}

/** Makes so many machines, on all of which a resolv.conf holds; in a folder, a file of it is kept. */
export function makeMachines(count: number, resolvConf: string, folder: string): void {
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, resolvConf);
  execFileSync('mount', ['--bind', file, '/etc/resolv.conf']);
  ip([
    'link set lo up',
    'link add machines type bridge',
    `addr add ${OUTSIDE}/24 dev machines`,
    'link set machines up',
  ]);
  const numbers = Array.from({ length: count }, (_, machine) => machine);
  const own = (machine: number) => `10.78.0.${machine + 1}`;
  const pods = (machine: number) => `10.77.${machine}.0/24`;
  connect(RUNNERS.name, [
    `addr add ${RUNNERS.address}/24 dev eth0`,
    ...numbers.map((machine) => `route add ${pods(machine)} via ${own(machine)}`),
  ]);
  for (const machine of numbers) {
    const others = numbers.filter((other) => other !== machine);
    connect(machineName(machine), [
      `addr add ${own(machine)}/24 dev eth0`,
      `route add local ${pods(machine)} dev lo`,
      ...others.map((other) => `route add ${pods(other)} via ${own(other)}`),
    ]);
  }
}

function connect(name: string, more: readonly string[]): void {
  ip([
    `netns add ${name}`,
    `link add ${name} type veth peer name eth0 netns ${name}`,
    `link set ${name} master machines up`,
  ]);
  const [address, ...routes] = more;
  ip(['link set lo up', address, 'link set eth0 up', ...routes], name);
}

function ip(lines: readonly string[], namespace?: string): void {
  const where = namespace === undefined ? [] : ['-n', namespace];
  execFileSync('ip', [...where, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}
