/** Wakes all who wait. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring. Ask before looking at what it rings for, and none is missed. */
  next(): Promise<void>;
}

export function createBell(): Bell {
  let rung = Promise.withResolvers<void>();
  return {
    ring() {
      rung.resolve();
      rung = Promise.withResolvers();
    },
    next: () => rung.promise,
  };
}
