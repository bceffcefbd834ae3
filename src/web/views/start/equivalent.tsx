import { useState } from 'preact/hooks';
import { download } from '../../charts/download.ts';
import { Scroll } from '../../scroll.tsx';

/** A text that does the same elsewhere, to be copied or downloaded. */
export function Equivalent({
  title,
  text,
  file,
  note,
}: {
  title: string;
  text: string;
  /** What it is called as a file; absent: it is none. */
  file?: string;
  note?: string;
}) {
  const [said, setSaid] = useState('');
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied.');
    } catch {
      setSaid('The browser does not let this page copy: select the text.');
    }
  }
  return (
    <div class="equivalent">
      <p class="row">
        <b>{title}</b>
        <button type="button" onClick={copy}>
          Copy
        </button>
        {file !== undefined && (
          <button
            type="button"
            onClick={() => download(file, new Blob([text], { type: 'application/yaml' }))}
          >
            Download
          </button>
        )}
        <span role="status" class="quiet">
          {said}
        </span>
      </p>
      <Scroll label={title}>
        <pre>{text}</pre>
      </Scroll>
      {note !== undefined && <p class="quiet">{note}</p>}
    </div>
  );
}
