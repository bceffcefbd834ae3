import { Code, ConnectError } from '@connectrpc/connect';

/** A request that nothing can answer, whatever is stored. */
export const invalid = (text: string) => new ConnectError(text, Code.InvalidArgument);

/** What was asked for is not there. */
export const missing = (text: string) => new ConnectError(text, Code.NotFound);

/** It is there, but not (yet) so that this can be answered. */
export const impossible = (text: string) => new ConnectError(text, Code.FailedPrecondition);

/** It is there, and too large. */
export const tooLarge = (text: string) => new ConnectError(text, Code.ResourceExhausted);
