import { useEffect, useRef, useState } from 'preact/hooks';
import { goTo } from '../../place.ts';
import { type Form, formLink, parseForm } from './form.ts';

/** Browsers allow about a hundred changes of the URL in half a minute. */
const PAUSE = 500;

/** What is filled in: from the URL, which has it again once somebody stops typing. */
export function useForm(params: URLSearchParams): [Form, (changes: Partial<Form>) => void] {
  const inUrl = formLink(parseForm(params));
  const [form, setForm] = useState(() => parseForm(params));
  const written = useRef(inUrl);
  useEffect(() => {
    // Somebody followed a link or went back.
    if (inUrl !== written.current) setForm(parseForm(params));
    written.current = inUrl;
  }, [inUrl]);
  useEffect(() => {
    const link = formLink(form);
    if (link === written.current) return;
    const timer = setTimeout(() => {
      written.current = link;
      goTo(link, { replace: true });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [form]);
  return [form, (changes) => setForm((before) => ({ ...before, ...changes }))];
}
