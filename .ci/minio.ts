/** A real MinIO server on the loopback address, for checks. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'minio';

export interface MinioServer {
  readonly port: number;
  /** MINIO_ENDPOINT, MINIO_USER and MINIO_PASSWORD. */
  readonly environment: Readonly<Record<string, string>>;
  readonly client: Client;
  /** Kills the server; what it stored stays. */
  halt(): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  /** Kills the server and removes its folder. */
  stop(): Promise<void>;
}

const TOOL = fileURLToPath(new URL('../../shared/tools/minio', import.meta.url));
const USER = 'gossip-ci';
const PASSWORD = 'gossip-ci-password';
const DEADLINE = 30_000;
const MOST_SAID = 10_000;

/** The path of the server: MINIO_BIN, what ../shared/tools/minio builds, or minio of the PATH. */
function program(): string {
  const { MINIO_BIN } = process.env;
  if (MINIO_BIN) return MINIO_BIN;
  if (!existsSync(TOOL)) return 'minio';
  return execFileSync(TOOL, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** Starts a server with a temporary folder below another on a free port; it answers when this resolves. */
export async function startMinio(below = tmpdir()): Promise<MinioServer> {
  const binary = program();
  const folder = mkdtempSync(join(below, 'gossip-minio-'));
  const port = await freePort();
  const client = new Client({
    endPoint: '127.0.0.1',
    port,
    useSSL: false,
    accessKey: USER,
    secretKey: PASSWORD,
    region: 'us-east-1',
    retryOptions: { disableRetry: true },
  });
  let child: ChildProcess | null = null;

  const server: MinioServer = {
    port,
    environment: {
      MINIO_ENDPOINT: `127.0.0.1:${port}`,
      MINIO_USER: USER,
      MINIO_PASSWORD: PASSWORD,
    },
    client,
    async halt() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    async start() {
      const started = spawn(
        binary,
        ['server', folder, '--quiet', '--address', `127.0.0.1:${port}`],
        {
          env: {
            ...process.env,
            MINIO_BROWSER: 'off',
            MINIO_ROOT_USER: USER,
            MINIO_ROOT_PASSWORD: PASSWORD,
          },
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      child = started;
      let said = '';
      started.stderr.on('data', (data) => {
        // It says every request that failed.
        if (said.length < MOST_SAID) said += data;
      });
      const failed = new Promise<never>((_, reject) => {
        started.once('error', reject);
        started.once('exit', (code) => reject(new Error(`minio left with ${code}: ${said}`)));
      });
      // Ended later, it is no failure of the start.
      failed.catch(() => {});
      await Promise.race([failed, answers(client)]);
    },
    async stop() {
      await server.halt();
      rmSync(folder, { recursive: true });
    },
  };
  // Whoever is interrupted leaves no server behind.
  process.once('exit', () => child?.kill('SIGKILL'));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  await server.start();
  return server;
}

/** By a real call: just after it listens a server may say that it is busy for a minute, also where its health is good. */
async function answers(client: Client): Promise<void> {
  for (const end = performance.now() + DEADLINE; ; await sleep(50)) {
    try {
      await client.listBuckets();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
