import { Writable } from 'node:stream';
import type { V1Status } from '@kubernetes/client-node';
import { GossipError, inputError } from '../errors.ts';
import type { Connection } from './connection.ts';

/** A container of a pod. */
export interface Container {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** How long a command may say nothing, in milliseconds. */
const LONGEST_SILENCE = 300_000;
/** Of what a command says on standard error, the end is kept, in bytes. */
const MOST_SAID = 4000;

/**
 * Runs a command in a container, as `kubectl exec` does, and writes what it prints; the stream is ended when the command
 * is. Resolves where it left with 0.
 *
 * @throws GossipError with what it said on standard error where it did not, or what became of the connection; and the
 *   signal's reason
 */
export async function execute(
  { kubeConfig, server }: Pick<Connection, 'kubeConfig' | 'server'>,
  { namespace, pod, container }: Container,
  command: readonly string[],
  stdout: Writable,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { Exec } = await import('@kubernetes/client-node');
  const { promise: ended, resolve, reject } = Promise.withResolvers<V1Status>();
  // It is waited for below; until then nobody must be alarmed.
  ended.catch(() => {});
  let said = '';
  const stderr = new Writable({
    write(chunk, _, done) {
      said = (said + chunk).slice(-MOST_SAID);
      done();
    },
  });
  const written = new Promise<void>((done, fail) => {
    stdout.once('finish', done);
    stdout.once('error', fail);
  });
  written.catch(reject);
  const args = [...command];
  const socket = await new Exec(kubeConfig)
    .exec(namespace, pod, container, args, stdout, stderr, null, false, resolve)
    .catch((error) => {
      const { message = String(error) } = error as { message?: string };
      const why = message.includes('403')
        ? 'this takes a Role that allows the verbs get and create on pods/exec'
        : `${server} says: ${message}`;
      throw inputError(`cannot run a command in the pod "${pod}" of ${namespace}: ${why}`);
    });
  const lost = (why: string) =>
    reject(new GossipError('failed', `the connection to the pod "${pod}" of ${namespace} ${why}`));
  const silence = setTimeout(() => lost('is silent'), LONGEST_SILENCE);
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  socket.on('message', () => {
    silence.refresh();
    // No faster than it can be written.
    if (!stdout.writableNeedDrain || socket.isPaused) return;
    socket.pause();
    stdout.once('drain', () => socket.resume());
  });
  socket.on('error', (error: Error) => lost(`broke: ${error.message}`));
  socket.on('close', () => lost('ended before the command did'));
  try {
    const status = await ended;
    if (status.status !== 'Success') throw failed(command, said.trim() || status.message || '');
    await written;
  } finally {
    signal.removeEventListener('abort', abort);
    clearTimeout(silence);
    socket.terminate();
    stdout.destroy();
  }
}

function failed(command: readonly string[], said: string): GossipError {
  // What it prints is shown to people, and a terminal would obey it.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed.
  const words = said.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ');
  return new GossipError('failed', `${command.join(' ')}, in the cluster: ${words}`);
}
