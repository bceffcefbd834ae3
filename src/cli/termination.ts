import { writeFileSync } from 'node:fs';
import type { ErrorCode } from '../errors.ts';
import type { PlayedAssignment } from '../runner/index.ts';

/** How a runner ended: what it has played, or why it has not. */
export type Termination = PlayedAssignment | { readonly error: string; readonly code: ErrorCode };

/** Kubernetes keeps no more of a pod's last message, in bytes. */
const MOST_BYTES = 4096;

/** A termination as JSON that Kubernetes keeps whole: of a long error, the beginning. */
export function terminationMessage(termination: Termination): string {
  const text = JSON.stringify(termination);
  if (Buffer.byteLength(text) <= MOST_BYTES || !('error' in termination)) return text;
  const { error, code } = termination;
  // How many bytes a character takes in JSON is not the same for all.
  const shorter = error.slice(0, Math.floor(0.9 * error.length)).toWellFormed();
  return terminationMessage({ error: `${shorter.replace(/…$/, '')}…`, code });
}

/** Leaves a message where the environment says (GOSSIP_TERMINATION_LOG), if it does, for whoever started this process. */
export function leaveMessage(termination: Termination): void {
  const file = process.env.GOSSIP_TERMINATION_LOG;
  if (file === undefined || file === '') return;
  try {
    writeFileSync(file, terminationMessage(termination));
  } catch (error) {
    console.error(`gossip: GOSSIP_TERMINATION_LOG: ${(error as Error).message}`);
  }
}
