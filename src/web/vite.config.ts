import { defineConfig } from 'vite';

/** The page: `npm run page` builds it to src/web/dist, which `gossip serve` serves. */
export default defineConfig({
  plugins: [
    {
      // The chosen colors are shown by the script, and nothing before it.
      name: 'script-before-paint',
      transformIndexHtml: {
        order: 'post',
        handler: (html) => html.replace('<script type="module"', '$& blocking="render"'),
      },
    },
  ],
  root: import.meta.dirname,
  // Paths of assets follow the page's own, wherever a proxy puts it.
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Every asset is a file of its own, as the Content-Security-Policy wants it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 300,
  },
});
