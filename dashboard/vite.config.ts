import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig(({ command }) => {
  // Built pages are those that people use, whatever the shell or a test runner says: with Svelte's help for developers in
  // them a click takes twice as long.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    root: import.meta.dirname,
    plugins: [svelte({ configFile: 'svelte.config.js' })],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      // Fonts stay files: the content security policy allows no data: addresses.
      assetsInlineLimit: 0,
      reportCompressedSize: true,
    },
    // While developing, the API is the one that `npm start` serves.
    server: { proxy: { '/api': 'http://127.0.0.1:4180' } },
  };
});
