/**
 * Whose fault an error is: `input` is something the caller wrote (exit code 2), `failed` a run or a write that could
 * not be finished (exit code 1).
 */
export type ErrorCode = 'input' | 'failed';

/** What an error may say beside its message. */
export interface GossipErrorOptions extends ErrorOptions {
  /** Path of the field that is wrong, such as spec.factor[1], for a form: the message need not name it. */
  readonly field?: string;
  /** What else is wrong, where several things were found. */
  readonly others?: readonly GossipError[];
}

/** The one error class people meet: its message says what is wrong, where, and what would be right. */
export class GossipError extends Error {
  readonly code: ErrorCode;
  readonly field: string | null;
  readonly others: readonly GossipError[];

  constructor(code: ErrorCode, message: string, options: GossipErrorOptions = {}) {
    const { field = null, others = [], ...plain } = options;
    super(message, plain);
    this.name = 'GossipError';
    this.code = code;
    this.field = field;
    this.others = others;
  }
}

/** An error in what somebody wrote: a file, a field, a flag. */
export function inputError(message: string, options?: GossipErrorOptions): GossipError {
  return new GossipError('input', message, options);
}
