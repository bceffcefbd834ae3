import { DOMParser } from '@xmldom/xmldom';
import type { AbstractGraph } from 'graphology-types';
import { type GossipError, inputError } from '../../errors.ts';
import { createGraphBuilder } from '../builder.ts';
import type { GraphSource } from '../source.ts';
import { countUnused, fileSource, type Unused } from './file-source.ts';
import { checkLabel } from './label.ts';

const prefix = ':';
const mostBytes = 32 << 20;

/** An XML document with its lines: each element has its lineNumber. */
export type Xml = ReturnType<DOMParser['parseFromString']>;
export type XmlElement = ReturnType<Xml['getElementsByTagName']>[number];

/**
 * Reads and parses an XML file of at most 32 MiB (unpacked; it takes 60 times that in memory). A DOCTYPE is refused, since entities can be made to
 * fill any memory; so is all that is not well-formed.
 */
export async function readXml(file: string, chunks: AsyncIterable<Uint8Array>): Promise<Xml> {
  const text = await readText(file, chunks);
  const doctype = text.search(/<!DOCTYPE/i);
  if (doctype >= 0) {
    const line = text.slice(0, doctype).split('\n').length;
    throw inputError(`${file}, line ${line}: a DOCTYPE is not accepted; remove it`);
  }
  const locator: { lineNumber?: number } = {};
  let problem: GossipError | null = null;
  const refuse = (message: unknown): never => {
    // The parser catches what is thrown here and reports it once more: the first message is the one to keep.
    problem ??= malformed(file, locator.lineNumber, String(message));
    throw problem;
  };
  try {
    return new DOMParser({
      locator,
      errorHandler: { warning: refuse, error: refuse, fatalError: refuse },
    }).parseFromString(text, 'application/xml');
  } catch (cause) {
    throw problem ?? unreadable(file, cause);
  }
}

function malformed(file: string, line: number | undefined, message: string): GossipError {
  const reason = message.replace(/^\[xmldom \w+\]\t/, '').split('\n')[0];
  return inputError(
    `${file}, near line ${Math.max(1, line ?? 1)}: this is not well-formed XML: ${reason}`,
  );
}

/** The only <graph> of a document; `format` is how people call its format. */
export function onlyGraph(xml: Xml, file: string, format: string): XmlElement {
  const graphs = xml.getElementsByTagName('graph');
  if (graphs.length === 1) return graphs[0];
  throw inputError(
    graphs.length === 0
      ? `${file}: no <graph> in it: this is not ${format}`
      : `${file}, line ${lineOf(graphs[1])}: a second <graph>; write each graph (and no nested ones) to a file of its own`,
  );
}

/** The line in which an element begins. */
export function lineOf(element: XmlElement): number {
  return (element as { lineNumber?: number }).lineNumber ?? 1;
}

/**
 * Makes a document safe for graphology's parsers. They keep ids as properties of plain objects, where a node called
 * "__proto__" or "constructor" would write into those of all objects, so ids get a prefix, which `xmlSource` takes
 * off. networkx gives parallel edges ids that are not unique, at which they stop, so edges lose theirs. Throws, with
 * the line, for a node that is there twice, an edge to no node, and an edge whose `attribute` is `directed`.
 */
export function prepare(xml: Xml, file: string, attribute: string, directed: string): void {
  const ids = new Set<string>();
  for (const node of Array.from(xml.getElementsByTagName('node'))) {
    const id = checkLabel(required(node, 'id', file), `${file}, line ${lineOf(node)}`);
    if (ids.has(id)) throw inputError(`${file}, line ${lineOf(node)}: a second node "${id}"`);
    ids.add(id);
    node.setAttribute('id', prefix + id);
  }
  for (const edge of Array.from(xml.getElementsByTagName('edge'))) {
    if (edge.getAttribute(attribute) === directed) throw directedError(file, edge);
    for (const end of ['source', 'target']) {
      const id = required(edge, end, file);
      if (!ids.has(id)) {
        throw inputError(
          `${file}, line ${lineOf(edge)}: the edge's ${end} ${JSON.stringify(id.slice(0, 60))} is not a node: give it a <node>`,
        );
      }
      edge.setAttribute(end, prefix + id);
    }
    edge.removeAttribute('id');
  }
}

function required(element: XmlElement, attribute: string, file: string): string {
  if (element.hasAttribute(attribute)) return element.getAttribute(attribute) ?? '';
  throw inputError(
    `${file}, line ${lineOf(element)}: this <${element.tagName}> has no attribute "${attribute}"`,
  );
}

/** The error for a directed graph or edge. */
export function directedError(file: string, element: XmlElement): GossipError {
  return inputError(
    `${file}, line ${lineOf(element)}: this <${element.tagName}> is directed, and gossip goes both ways over an edge: ` +
      'make the graph undirected and write it again (networkx: graph.to_undirected())',
  );
}

/** The source that a prepared and parsed graph is; `parse` may throw what it likes. */
export function xmlSource(file: string, parse: () => AbstractGraph): GraphSource {
  let graph: AbstractGraph;
  try {
    graph = parse();
  } catch (cause) {
    throw unreadable(file, cause);
  }
  const builder = createGraphBuilder();
  const unused: Unused = new Map();
  graph.forEachNode((id, attributes) => {
    const node = id.slice(prefix.length);
    builder.addNode(node);
    for (const name of Object.keys(attributes)) {
      // networkx writes every node's id as its label too.
      if (name !== 'label' || attributes[name] !== node) countUnused(unused, `node ${name}`);
    }
  });
  graph.forEachEdge((_edge, attributes, source, target) => {
    builder.addEdge(source.slice(prefix.length), target.slice(prefix.length));
    for (const name of Object.keys(attributes)) countUnused(unused, `edge ${name}`);
  });
  return fileSource(file, builder.build(), unused);
}

async function readText(file: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw inputError(
        `${file}: more than ${mostBytes >> 20} MiB of XML; write a graph of this size as an edge list`,
      );
    }
    read.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(read));
  } catch (cause) {
    throw inputError(`${file}: this is not UTF-8 text; save the file as UTF-8`, { cause });
  }
}

function unreadable(file: string, cause: unknown): GossipError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return inputError(`${file}: ${reason.replace(/^graphology[^:]*:\s*/i, '')}`, { cause });
}
