/** A name server that counts: it knows the hosts of a Simulation, as a cluster's does, and answers that others are not there. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface NameServer {
  /** Questions by their type and what was answered, such as "A found" and "AAAA unknown". */
  readonly questions: ReadonlyMap<string, number>;
  close(): void;
}

const HEADER = 12;
/** An answer without errors, of a server that asks others; the same where there is no such name. */
const FOUND = 0x8180;
const UNKNOWN = 0x8183;
const TYPES: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA' };
/** Seconds, as CoreDNS says of pods. */
const TIME_TO_LIVE = 5;

/** Serves the IPv4 addresses of absolute names (with a final dot) over UDP, at port 53 of an address. */
export async function serveNames(
  at: string,
  addresses: ReadonlyMap<string, string>,
): Promise<NameServer> {
  const questions = new Map<string, number>();
  const socket = createSocket('udp4');
  socket.on('message', (message, { address, port }) => {
    const { name, end } = nameIn(message);
    const type = TYPES[message.readUInt16BE(end)] ?? 'other';
    const found = addresses.get(name);
    const isFound = found !== undefined && type === 'A';
    const answered = isFound ? 'found' : found === undefined ? 'unknown' : 'without address';
    const kind = `${type} ${answered}`;
    questions.set(kind, (questions.get(kind) ?? 0) + 1);
    const header = Buffer.alloc(HEADER);
    header.writeUInt16BE(message.readUInt16BE(0), 0);
    header.writeUInt16BE(found === undefined ? UNKNOWN : FOUND, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(isFound ? 1 : 0, 6);
    const question = message.subarray(HEADER, end + 4);
    socket.send([header, question, ...(isFound ? [answerOf(found)] : [])], port, address);
  });
  socket.bind(53, at);
  await once(socket, 'listening');
  return { questions, close: () => void socket.close() };
}

/** The first question's name, with a final dot, and where its type is. */
function nameIn(message: Buffer): { name: string; end: number } {
  let end = HEADER;
  let name = '';
  for (let length = message[end]; length > 0; length = message[end]) {
    name += `${message.toString('latin1', end + 1, end + 1 + length)}.`;
    end += 1 + length;
  }
  return { name: name.toLowerCase(), end: end + 1 };
}

/** An address of the name in the question. */
function answerOf(address: string): Buffer {
  const answer = Buffer.alloc(16);
  answer.writeUInt16BE(0xc000 | HEADER, 0);
  answer.writeUInt16BE(1, 2);
  answer.writeUInt16BE(1, 4);
  answer.writeUInt32BE(TIME_TO_LIVE, 6);
  answer.writeUInt16BE(4, 10);
  address.split('.').forEach((part, index) => void answer.writeUInt8(Number(part), 12 + index));
  return answer;
}
