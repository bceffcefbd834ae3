import { useEffect, useState } from 'preact/hooks';
import { useFiles } from '../../files.ts';
import { type Contents, contentsOf } from './contents.ts';

/** A file that was given, what is in it, and its bytes. */
export interface Given {
  readonly name: string;
  readonly size: number;
  readonly contents: Contents;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** A server reads 32 MiB, the form's own file included. */
export const LARGEST_FILES = 31 * 2 ** 20;

/** The files that were given, once they are read; null: not yet. */
export function useContents(): readonly Given[] | null {
  const files = useFiles();
  const [read, setRead] = useState<{ files: readonly File[]; given: Given[] }>();
  useEffect(() => {
    let isOld = false;
    Promise.all(files.map(look)).then((given) => {
      if (!isOld) setRead({ files, given });
    });
    return () => {
      isOld = true;
    };
  }, [files]);
  return read?.files === files ? read.given : files.length === 0 ? [] : null;
}

async function look(file: File): Promise<Given> {
  const { name, size } = file;
  const empty = new Uint8Array();
  try {
    const contents = await contentsOf(file);
    const isSmall = size <= LARGEST_FILES;
    return { name, size, contents, content: isSmall ? await bytesOf(file) : empty };
  } catch (error) {
    // A folder, or a file that is gone.
    const problem = `It cannot be read: ${(error as Error).message}`;
    return { name, size, contents: { graphs: [], simulations: [], problem }, content: empty };
  }
}

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}
