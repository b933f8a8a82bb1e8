import { defineConfig } from 'vitest/config';

/** Every file that the page loads has its content's hash in its name, and none is inlined. */
export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8571' } },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
