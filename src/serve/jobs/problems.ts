import { Code, ConnectError } from '@connectrpc/connect';
import type { GossipError } from '../../errors.ts';
import {
  type Problem as ProblemMessage,
  ProblemSchema,
} from '../../gen/gossip/v1/simulation_pb.ts';

/** One thing that somebody wrote wrongly. */
export type Problem = Omit<ProblemMessage, '$typeName' | '$unknown'>;

/** What follows the name of a file in a message. */
const PLACE = /^(?:, (?:near )?line (\d+)(?:, column \d+)?)?: /;
/** A field at the beginning of a message that does not say apart which it is about. */
const FIELD = /^((?:apiVersion|kind|metadata|spec)(?:\.\w+|\[\d+\])*)(?::? )/;

/**
 * What an error and its others say, each as a problem. Messages begin with the file and the line, as those that read files
 * write them.
 *
 * @param files the names of the files there are
 * @param place "file, line 3" of the Simulation whose fields errors are about that begin with no place, or with a graph's
 */
export function problemsOf(
  error: GossipError,
  files: readonly string[],
  place: string | null = null,
): Problem[] {
  return [error, ...error.others].map((one) => {
    const found = placeIn(one.message, files);
    const said = one.field;
    if (said === null) {
      const field = FIELD.exec(found.text)?.[1] ?? '';
      return { ...found, field, text: withoutField(found.text, field) };
    }
    const own = place === null ? found : placeIn(`${place}: `, files);
    const isOwn = own.file === found.file;
    return {
      file: own.file,
      line: isOwn ? found.line : own.line,
      field: said,
      text: withoutField(isOwn ? found.text : one.message, said),
    };
  });
}

/** A problem of the whole request. */
export function ofRequest(text: string): Problem {
  return { file: '', line: 0, field: '', text };
}

/** The error of a request in which these things are wrong. */
export function refusal(problems: readonly Problem[], code = Code.InvalidArgument): ConnectError {
  const details = problems.map((value) => ({ desc: ProblemSchema, value }));
  return new ConnectError(problems.map(asText).join('\n'), code, undefined, details);
}

function asText({ file, line, field, text }: Problem): string {
  const place = line === 0 ? file : `${file}, line ${line}`;
  return [place, field, text].filter((part) => part !== '').join(': ');
}

function placeIn(
  message: string,
  files: readonly string[],
): Pick<Problem, 'file' | 'line' | 'text'> {
  const whole = { file: '', line: 0, text: message };
  return files
    .filter((file) => message.startsWith(file))
    .sort((a, b) => b.length - a.length)
    .reduce((found, file) => {
      const place = found === whole ? PLACE.exec(message.slice(file.length)) : null;
      if (place === null) return found;
      const text = message.slice(file.length + place[0].length);
      return { file, line: Number(place[1] ?? 0), text };
    }, whole);
}

function withoutField(text: string, field: string): string {
  if (field === '' || !text.startsWith(field)) return text;
  return text.slice(field.length).replace(/^:? /, '');
}
