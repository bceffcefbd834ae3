/** grpcurl, a client that nobody here wrote. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = 'github.com/fullstorydev/grpcurl/cmd/grpcurl@latest';
/** A call that has not ended has failed, after so many seconds. */
const PATIENCE = 60;

/** What a call gave: its messages, or the code of its error. */
export interface Called {
  readonly messages: readonly Record<string, unknown>[];
  readonly code: string;
}

/**
 * Calls a method of gossip.v1.SimulationService of a server.
 *
 * @param seconds after so many it is left, as must be what goes on for ever
 */
export type Grpcurl = (
  port: number,
  method: string,
  request?: unknown,
  seconds?: number,
) => Promise<Called>;

/** The one on PATH, or that which Go installs into a folder. */
export async function openGrpcurl(folder: string): Promise<Grpcurl> {
  const program = await run('grpcurl', ['-version']).then(
    () => 'grpcurl',
    () => installed(folder),
  );
  return async (port, method, request = {}, seconds = PATIENCE) => {
    const args = [
      '-plaintext',
      '-format-error',
      '-max-time',
      `${seconds}`,
      '-max-msg-sz',
      `${2 ** 26}`,
    ];
    args.push('-d', JSON.stringify(request), `127.0.0.1:${port}`);
    args.push(`gossip.v1.SimulationService/${method}`);
    const { stdout, stderr } = await run(program, args, { maxBuffer: 2 ** 28 }).catch(
      (failed: { stdout: string; stderr: string }) => failed,
    );
    const messages =
      stdout.trim() === '' ? [] : JSON.parse(`[${stdout.replace(/^}\s*^{/gm, '},{')}]`);
    return { messages, code: /"?code"?:\s*"?(\w+)/i.exec(stderr)?.[1] ?? stderr.trim() };
  };
}

async function installed(folder: string): Promise<string> {
  const env = { ...process.env, GOBIN: join(folder, 'bin'), GOFLAGS: '-modcacherw' };
  try {
    await run('go', ['install', SOURCE], { env });
  } catch (error) {
    throw new Error(`grpcurl is not on PATH, and does not install: ${(error as Error).message}`);
  }
  const program = join(folder, 'bin', 'grpcurl');
  if (!existsSync(program)) throw new Error(`go install left no ${program}`);
  return program;
}
