import adapter from '@sveltejs/adapter-node';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import Icons from 'unplugin-icons/vite';
import { defineConfig, type Plugin } from 'vite';

/** The framework announces page titles in an element with a style attribute, which our policy forbids: it gets the class instead. */
function announcerWithoutStyle(): Plugin {
  return {
    name: 'samsyn:announcer-without-style',
    enforce: 'pre',
    transform: {
      filter: { id: /@sveltejs\/kit\/src\/runtime\/components\/root\.svelte$/ },
      handler: (code) => code.replace(/style="position: absolute;[^"]*"/, 'class="sr-only"'),
    },
  };
}

export default defineConfig({
  plugins: [
    announcerWithoutStyle(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['cookie', 'baseLocale'],
      cookieName: 'samsyn_sprak',
    }),
    Icons({ compiler: 'svelte', defaultClass: 'icon', scale: 1 }),
    sveltekit({
      adapter: adapter({ out: 'build' }),
      compilerOptions: { runes: true },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self', 'ws:', 'wss:'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
      paths: { relative: false },
      version: { pollInterval: 0 },
    }),
  ],
  build: { assetsInlineLimit: 0 },
});
