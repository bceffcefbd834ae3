import type { Content, Storage } from '../storage/index.ts';

/** A storage in memory that can only be written to, and the objects in it. */
export function createKept(): { objects: Map<string, Uint8Array>; storage: Storage } {
  const objects = new Map<string, Uint8Array>();
  async function* nothing() {}
  return {
    objects,
    storage: {
      async put(key, content) {
        objects.set(key, bytesOf(content));
        return true;
      },
      get: async () => null,
      list: nothing,
      folders: nothing,
      describe: () => 'memory',
    },
  };
}

function bytesOf(content: Content): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : Buffer.concat(content);
}
