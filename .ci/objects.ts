import type { Storage } from '../src/storage/index.ts';

/** Gets at once. */
const GETS = 16;

/**
 * The text of every object below a prefix, by key, without the time at which the simulations there began, which must be
 * one. Its timings differ each time and are left out.
 */
export async function objectsOf(storage: Storage, prefix = ''): Promise<Map<string, string>> {
  const keys: string[] = [];
  for await (const key of storage.list(prefix)) {
    if (!key.endsWith('/timings.csv')) keys.push(key);
  }
  const objects = new Map<string, string>();
  const times = new Set<string>();
  for (let first = 0; first < keys.length; first += GETS) {
    const some = keys.slice(first, first + GETS);
    const bytes = await Promise.all(some.map((key) => storage.get(key)));
    for (const [i, key] of some.entries()) {
      const text = Buffer.from(bytes[i] ?? []).toString();
      const withoutTime = text.replace(/"timestamp": "([\d-]{19})"/, (_, time) => {
        times.add(time);
        return '"timestamp": ""';
      });
      objects.set(key, withoutTime);
    }
  }
  if (times.size > 1) objects.set('several times', [...times].join(', '));
  return objects;
}

/** The keys under which two sets of objects differ. */
export function differences(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): string[] {
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].filter((key) => one.get(key) !== other.get(key));
}
