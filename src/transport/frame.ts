import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import type { BinaryWriter } from '@bufbuild/protobuf/wire';
import {
  type PeerFrame,
  PeerFrameSchema,
  PeerRefusalReason,
  type PeerRequest,
} from '../gen/gossip/v1/peer_pb.ts';
import type { ExchangeRequest } from './transport.ts';
import { garbage, type RefusalReason, refused, type TransportError } from './transport-error.ts';

/** The version of proto/gossip/v1/peer.proto that this host speaks. */
export const VERSION = 1;

/** A refusal's text is cut off here, in UTF-16 units, a token refused: so no frame is over the limit of `framing.ts`. */
export const LONGEST_TEXT = 1024;

const REASONS: Record<RefusalReason, PeerRefusalReason> = {
  unspecified: PeerRefusalReason.UNSPECIFIED,
  'wrong-token': PeerRefusalReason.WRONG_TOKEN,
  'wrong-version': PeerRefusalReason.WRONG_VERSION,
  'old-epoch': PeerRefusalReason.OLD_EPOCH,
  stale: PeerRefusalReason.STALE,
  'unknown-node': PeerRefusalReason.UNKNOWN_NODE,
  overloaded: PeerRefusalReason.OVERLOADED,
  'not-configured': PeerRefusalReason.NOT_CONFIGURED,
  stopping: PeerRefusalReason.STOPPING,
};

const REASON_OF = new Map(
  Object.entries(REASONS).map(([reason, code]) => [code, reason as RefusalReason]),
);

/** Appends the frame that opens a connection. */
export function writeHello(frames: BinaryWriter, token: string): void {
  write(frames, { body: { case: 'hello', value: { token, version: VERSION } } });
}

/** Appends a request. */
export function writeRequest(frames: BinaryWriter, id: number, request: ExchangeRequest): void {
  const value = { ...request, epoch: BigInt(request.epoch) };
  write(frames, { id, body: { case: 'request', value } });
}

/** Appends the partner's half. */
export function writeReply(frames: BinaryWriter, id: number, value: number): void {
  write(frames, { id, body: { case: 'reply', value: { value } } });
}

/** Appends a refusal of a request, or with id 0 of the connection. */
export function writeRefusal(frames: BinaryWriter, id: number, error: TransportError): void {
  const reason = REASONS[error.refusal ?? 'unspecified'];
  const text = error.message.slice(0, LONGEST_TEXT).toWellFormed();
  write(frames, { id, body: { case: 'refusal', value: { reason, text } } });
}

function write(frames: BinaryWriter, frame: MessageInitShape<typeof PeerFrameSchema>): void {
  frames.bytes(toBinary(PeerFrameSchema, create(PeerFrameSchema, frame)));
}

/**
 * Reads a frame, without its length.
 *
 * @throws TransportError (`garbage`)
 */
export function readFrame(bytes: Uint8Array): PeerFrame {
  try {
    return fromBinary(PeerFrameSchema, bytes, { readUnknownFields: false });
  } catch {
    throw garbage('a frame cannot be read');
  }
}

/**
 * The request as handlers get it.
 *
 * @throws TransportError (`garbage`)
 */
export function requestOf(message: PeerRequest): ExchangeRequest {
  const { lane, repetition, round, turn, initiator, partner, value, pickOnly } = message;
  const epoch = Number(message.epoch);
  if (!Number.isSafeInteger(epoch)) throw garbage(`epoch ${message.epoch} is over 2^53-1`);
  return { epoch, lane, repetition, round, turn, initiator, partner, value, pickOnly };
}

/** The refusal as initiators get it; reasons of later versions are `unspecified`. */
export function refusalOf(reason: PeerRefusalReason, text: string): TransportError {
  return refused(REASON_OF.get(reason) ?? 'unspecified', text);
}
