import { GossipError, inputError } from '../errors.ts';

/** The system's code of an error, as ENOSPC; '' where it has none. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | null)?.code ?? '';
}

/** What a file system's error means for the one who chose the folder, and what to do about it. */
export function directoryError(
  error: unknown,
  action: 'read' | 'write',
  path: string,
): GossipError {
  if (error instanceof GossipError) return error;
  const code = codeOf(error);
  const cannot = `cannot ${action} ${path}`;
  const cause = { cause: error };
  switch (code) {
    // Input: only people can make room or choose another place.
    case 'ENOSPC':
    case 'EDQUOT':
      return inputError(
        `${cannot}: the disk or its quota is full (${code}); free some space or choose another folder, then start again: finished objects are kept`,
        cause,
      );
    case 'EFBIG':
      return inputError(
        `${cannot}: it is larger than a file may be here (EFBIG); store less, or choose another folder`,
        cause,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return inputError(
        `${cannot}: permission denied (${code}); change the folder's permissions or choose another`,
        cause,
      );
    // What Node says where mkdir meets a read-only file system.
    case 'ENOENT':
      return inputError(
        `${cannot}: its folder cannot be made, or was removed (ENOENT); choose a folder on a file system that is not read-only`,
        cause,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return inputError(
        `${cannot}: a part of the path is a file (${code}); choose a folder`,
        cause,
      );
    case 'EISDIR':
    case 'ENOTEMPTY':
      return inputError(`${cannot}: there is a folder of this name (${code})`, cause);
    case 'ENAMETOOLONG':
      return inputError(`${cannot}: the name is too long (${code}); choose a shorter one`, cause);
    default:
      return new GossipError('failed', `${cannot}: ${String((error as Error)?.message)}`, cause);
  }
}
