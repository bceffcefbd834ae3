/**
 * Bundles the program into dist/, which then needs neither node_modules nor a compiler: `node dist/bin/gossip.js`.
 * Whatever is named by a path (src/own-files.ts) lies at the same path below dist/ as in the checkout.
 */
import { globSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { build as buildPage, type Rolldown } from 'vite';
import manifest from './package.json' with { type: 'json' };

const BUNDLE = 'dist';

/** What is opened at run time and not imported. */
const OPENED = [
  'LICENSE',
  'src/pictures/font/inter-latin-400.woff2',
  'src/pictures/font/OFL.txt',
  'node_modules/@resvg/resvg-wasm/index_bg.wasm',
  'src/web/dist',
  'examples/karate.yaml',
  'examples/gnutella.yaml',
  'examples/holme-kim.yaml',
];

/** The page, and then what an exported one is made of: the first empties their folder. */
const PAGES = ['src/web/vite.config.ts', 'src/web/offline/vite.config.ts'];

/**
 * Node's own modules are asked for as CommonJS asks for them. An `import` reads all their exports, also those that load
 * what nobody needs: that of node:http loads the whole of `fetch`, for a third of the time that a host takes to start.
 */
const builtinsWithoutGetters: Plugin = {
  name: 'builtins-without-getters',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z]/ }, ({ path, kind }) =>
      isBuiltin(path) && kind !== 'dynamic-import' ? { path, namespace: 'builtin' } : null,
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }));
  },
};

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
await rm(BUNDLE, { recursive: true, force: true });
const all = await bundle([
  'src/cli/main.ts',
  'src/own-files.ts',
  ...globSync('src/**/*.worker.ts'),
  ...globSync('src/strategies/builtin/*.ts'),
]);
// By itself, since modules are shared by being cut into files, each of which takes time to load.
const host = await bundle(['src/cli/node-main.ts']);
if (Object.keys(host.metafile.inputs).some((file) => file.includes('/@kubernetes/'))) {
  throw new Error('gossip node would load the Kubernetes client');
}
const modules = Object.keys(all.metafile.inputs);
for (const configFile of PAGES) {
  const built = await buildPage({ configFile, logLevel: 'error' });
  modules.push(...modulesOf(built as Rolldown.RolldownOutput | Rolldown.RolldownOutput[]));
}
for (const path of OPENED) await cp(path, `${BUNDLE}/${path}`, { recursive: true });
await mkdir(`${BUNDLE}/bin`);
const program = await readFile('bin/gossip.js', 'utf8');
await writeFile(`${BUNDLE}/bin/gossip.js`, program.replaceAll(".ts')", ".js')"), { mode: 0o755 });
const { name, version, license, type, engines, bin } = manifest;
const own = { name, version, license, type, engines, bin };
await writeFile(`${BUNDLE}/package.json`, `${JSON.stringify(own, null, 2)}\n`);
await writeFile(`${BUNDLE}/LICENSES`, await licenses(modules));

/** The modules that a page is made of. */
function modulesOf(built: Rolldown.RolldownOutput | Rolldown.RolldownOutput[]): string[] {
  const files = [built].flat().flatMap(({ output }) => output);
  const modules = files.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  return modules.map((module) => relative('.', module));
}

/** Modules and all they import, in files that they share. */
function bundle(entryPoints: string[]) {
  return build({
    entryPoints,
    outdir: BUNDLE,
    outbase: '.',
    // One folder deep, as src/own-files.ts is.
    chunkNames: 'src/[name]-[hash]',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    bundle: true,
    splitting: true,
    // A stack trace can be read without a map: names stay, and a line that Node shows is a line.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 120,
    legalComments: 'none',
    metafile: true,
    // Packages in CommonJS ask for Node's own modules by require.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [builtinsWithoutGetters],
    logLevel: 'warning',
  });
}

/** The licenses of the packages that these files are of: they ask to be shipped with them. */
async function licenses(files: readonly string[]): Promise<string> {
  const folders = files.map((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '');
  const texts: string[] = [];
  for (const folder of [...new Set(folders)].filter(Boolean).sort()) {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
    texts.push(`${name} ${version} (${license})\n`);
    for (const file of await readdir(folder)) {
      if (/^(licen[cs]e|notice)/i.test(file))
        texts.push(await readFile(`${folder}/${file}`, 'utf8'));
    }
  }
  return texts.join('\n');
}
