import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const ROWS = 25;
/** Of a row that has not been drawn yet, in pixels. */
const ROW_HEIGHT = 37;
/** What is so near to what is in sight is drawn as well. */
const MARGIN = '800px';

/** The body of a table of any length: only those rows are drawn that are in sight or near it. */
export function Chunks<T>({
  rows,
  columns,
  kept = -1,
  row,
}: {
  rows: readonly T[];
  /** How many there are. */
  columns: number;
  /** The index of a row that is drawn wherever it is. */
  kept?: number;
  /** Draws one; its index counts from 0. */
  row: (one: T, index: number) => ComponentChildren;
}) {
  const chunks = Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, index) => index * ROWS);
  return (
    <>
      {chunks.map((first) => (
        <Chunk
          key={first}
          count={Math.min(ROWS, rows.length - first)}
          columns={columns}
          isKept={first === 0 || (kept >= first && kept < first + ROWS)}
          draw={() => rows.slice(first, first + ROWS).map((one, index) => row(one, first + index))}
        />
      ))}
    </>
  );
}

function Chunk({
  count,
  columns,
  isKept,
  draw,
}: {
  count: number;
  columns: number;
  isKept: boolean;
  draw: () => ComponentChildren;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useRef<number | null>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = body.current!;
    const observer = new IntersectionObserver(
      (entries) => {
        // A busy browser says several at once, the oldest first.
        const { isIntersecting, boundingClientRect } = entries[entries.length - 1];
        // Who is in a row by keyboard stays in it.
        if (!isIntersecting && element.contains(document.activeElement)) return;
        if (!isIntersecting) height.current = boundingClientRect.height;
        setNear(isIntersecting);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <tbody ref={body}>
      {isNear || isKept ? (
        draw()
      ) : (
        <tr style={{ height: `${height.current ?? count * ROW_HEIGHT}px` }}>
          <td colSpan={columns} />
        </tr>
      )}
    </tbody>
  );
}
