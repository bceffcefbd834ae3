/** Remembers what was made last. */
export interface Cache<T> {
  /**
   * What is known by a key, made where it is not. All who ask for the same at once wait for the same; what fails is not
   * remembered.
   */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

export interface CacheOptions<T> {
  /** What is remembered weighs at most so much together: what was asked for longest ago is forgotten. */
  readonly most: number;
  readonly weigh: (made: T) => number;
  /** Milliseconds after which a thing is made anew; not given: never. */
  readonly age?: number;
}

export function createCache<T>({ most, weigh, age = Infinity }: CacheOptions<T>): Cache<T> {
  interface Entry {
    readonly made: Promise<T>;
    /** 0 while it is being made. */
    weight: number;
    end: number;
  }
  /** Last asked for, last in order. */
  const entries = new Map<string, Entry>();
  let total = 0;

  function forget(key: string, entry: Entry): void {
    if (entries.get(key) !== entry) return;
    entries.delete(key);
    total -= entry.weight;
  }

  function settle(key: string, entry: Entry, made: T): void {
    if (entries.get(key) !== entry) return;
    entry.weight = Math.max(1, weigh(made));
    entry.end = performance.now() + age;
    total += entry.weight;
    for (const [oldest, other] of entries) {
      if (total <= most) return;
      if (other.weight > 0) forget(oldest, other);
    }
  }

  return {
    get(key, make) {
      const known = entries.get(key);
      if (known !== undefined && performance.now() < known.end) {
        entries.delete(key);
        entries.set(key, known);
        return known.made;
      }
      if (known !== undefined) forget(key, known);
      const entry: Entry = { made: make(), weight: 0, end: Infinity };
      entries.set(key, entry);
      entry.made.then(
        (made) => settle(key, entry, made),
        () => forget(key, entry),
      );
      return entry.made;
    },
  };
}
