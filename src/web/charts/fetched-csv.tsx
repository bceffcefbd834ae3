import { useState } from 'preact/hooks';
import { errorText } from '../asking.ts';
import { downloadCsv, fileName } from './download.ts';

/** A button that downloads what is asked for only then, and says why it could not. */
export function FetchedCsv({
  label,
  title,
  fetchText,
}: {
  label: string;
  /** Of the file. */
  title: string;
  /** Gives what is in it. */
  fetchText: () => Promise<string>;
}) {
  const [said, setSaid] = useState('');
  async function download() {
    setSaid('Loading…');
    try {
      downloadCsv(fileName(title), await fetchText());
      setSaid('');
    } catch (error) {
      setSaid(errorText(error));
    }
  }
  return (
    <>
      <button type="button" onClick={download}>
        {label}
      </button>
      <span role="status">{said}</span>
    </>
  );
}
