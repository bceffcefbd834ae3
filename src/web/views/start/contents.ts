import { isMap, LineCounter, parseAllDocuments } from 'yaml';
import { nameFromFile } from '../../../graph/formats/name.ts';

/** What is in a file, as far as the page looks; whether it can be played is the server's question. */
export interface Contents {
  /** Names of its graphs. */
  readonly graphs: readonly string[];
  readonly simulations: readonly FoundSimulation[];
  /** Why it was not looked at, in words. */
  readonly problem?: string;
}

/** A Simulation in a file. */
export interface FoundSimulation {
  readonly name: string;
  /** The graph that it selects by name; empty: another way. */
  readonly graph: string;
}

const GRAPH_FILE = /\.(txt|edges|edgelist|el|csv|tsv|adj|adjlist|gexf|graphml)(\.gz)?$/i;
const YAML_FILE = /\.(yaml|yml|json)$/i;
/** Reading more would hold the page up. */
const LARGEST_YAML = 4 * 2 ** 20;

/** What a file is called, and how large it is. */
type Described = Pick<File, 'name' | 'size' | 'text'>;

/** Looks into a file. It may hold anything. */
export async function contentsOf(file: Described): Promise<Contents> {
  const nothing = { graphs: [], simulations: [] };
  if (GRAPH_FILE.test(file.name)) {
    try {
      return { ...nothing, graphs: [nameFromFile(file.name)] };
    } catch (error) {
      return { ...nothing, problem: (error as Error).message };
    }
  }
  if (!YAML_FILE.test(file.name)) {
    return {
      ...nothing,
      problem: `The ending of ${shown(file.name)} names no format: .yaml, .json, .txt, .csv, .tsv, .adjlist, .gexf or .graphml, the graphs also with .gz.`,
    };
  }
  if (file.size > LARGEST_YAML) {
    return { ...nothing, problem: `${shown(file.name)} is large: the server looks into it alone.` };
  }
  return contentsOfYaml(await file.text());
}

function contentsOfYaml(text: string): Contents {
  const graphs: string[] = [];
  const simulations: FoundSimulation[] = [];
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  for (const document of Array.isArray(documents) ? documents : []) {
    const [wrong] = document.errors;
    if (wrong !== undefined) {
      const { line } = lineCounter.linePos(wrong.pos[0]);
      return { graphs, simulations, problem: `line ${line}: this is not YAML: ${wrong.message}` };
    }
    if (!isMap(document.contents) || document.get('apiVersion') !== 'gossip.io/v1') continue;
    const name = textOf(document.getIn(['metadata', 'name']));
    if (document.get('kind') === 'Graph') graphs.push(name);
    if (document.get('kind') === 'Simulation') {
      const graph = textOf(document.getIn(['spec', 'graphSelector', 'matchLabels', 'name']));
      simulations.push({ name, graph });
    }
  }
  return { graphs, simulations };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function shown(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}
