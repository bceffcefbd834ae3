/**
 * Prints pieces of text, no faster than the reader takes them. Ends where the reader has gone (head has seen enough).
 */
export async function printAll(texts: AsyncIterable<string>): Promise<void> {
  const { stdout } = process;
  let gone = false;
  let wake = () => {};
  const onError = () => {
    gone = true;
    wake();
  };
  stdout.on('error', onError);
  try {
    for await (const piece of inPieces(texts)) {
      if (gone) return;
      if (stdout.write(piece)) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        stdout.once('drain', resolve);
      });
    }
  } finally {
    stdout.off('error', onError);
  }
}

/** A piece is about this long: a line at a time would be slow. */
const PIECE = 1 << 16;

/** Puts short texts together. */
export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
