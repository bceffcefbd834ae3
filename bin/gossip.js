#!/usr/bin/env node
// Plain JavaScript, so that an older Node can say what is missing instead of failing to parse TypeScript.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`gossip needs Node 22.18 or newer; this is ${process.versions.node}.`);
  console.error(
    'In a checkout: npm ci, then npx --no gossip, which brings its own Node on Linux x64.',
  );
  process.exitCode = 2;
} else {
  process.stdout.on('error', (error) => {
    // A reader that has seen enough, such as head, ends nothing.
    if (error.code === 'EPIPE') return;
    console.error(`gossip: cannot write to standard output: ${error.message}`);
    process.exit(1);
  });
  // Halves the time that the start of a host takes: what was compiled once is kept in the system's temporary folder.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.();
  const args = process.argv.slice(2);
  const { main } =
    args[0] === 'node'
      ? await import('../src/cli/node-main.ts')
      : await import('../src/cli/main.ts');
  process.exitCode = await main(args);
}
