import { defineConfig } from 'vite';

/**
 * The page as `gossip page export` puts it into one file: all of its code in dist/offline.js and its style in
 * dist/offline.css.
 */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: 'es2022',
    // They have light-dark(), which must stay what it is: charts ask for its colors.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Whatever is opened by a URL would not be there.
    assetsInlineLimit: () => true,
    modulePreload: false,
    license: { fileName: 'offline.licenses.md' },
    cssCodeSplit: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: `${import.meta.dirname}/main.tsx`,
      output: {
        codeSplitting: false,
        entryFileNames: 'offline.js',
        assetFileNames: 'offline[extname]',
      },
    },
  },
});
