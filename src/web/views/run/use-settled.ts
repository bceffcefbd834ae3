import { useEffect, useState } from 'preact/hooks';

/** A value once it has stayed the same for so many milliseconds; at first, as it is. */
export function useSettled<T extends string | number | null>(value: T, pause: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
