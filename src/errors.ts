/**
 * Whose fault an error is: `input` is something the caller wrote (exit code 2), `failed` a run or a write that could
 * not be finished (exit code 1).
 */
export type ErrorCode = 'input' | 'failed';

/** The one error class people meet: its message says what is wrong, where, and what would be right. */
export class GossipError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GossipError';
    this.code = code;
  }
}

/** An error in what somebody wrote: a file, a field, a flag. */
export function inputError(message: string, options?: ErrorOptions): GossipError {
  return new GossipError('input', message, options);
}
