import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Where `npm run web:dev` finds the API. */
const API = process.env['DUBAN_API'] ?? 'http://127.0.0.1:8080'

/** So many pages use it; what fewer use stands with them. */
const SHARED_BY = 4
/** Charts come after the words; reading files is a sixth of the app, which nobody needs who opens a mail's link. */
const LATER = /^(?!.*(node_modules\/(echarts|zrender|tslib)\/|\/web\/src\/pages\/imports\/))/
/** What two or three pages of every day use: a file of some lines is a request of its own. */
const SMALL =
  /\/web\/src\/(parts\/(later-part|save-file|count-link|year-to-start)|pages\/obligations\/filters)\./
const IMPORTS = /\/(web\/src\/pages\/imports|src\/ledgers)\//

export default defineConfig({
  root: here('web'),
  base: '/app/',
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    // Ours is in web/src/words/index.ts.
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
  },
  build: {
    outDir: here('dist/web'),
    emptyOutDir: true,
    // The browsers of town offices.
    target: ['chrome87', 'safari14'],
    cssTarget: ['chrome87', 'safari14'],
    // The page's policy (src/api/web) allows no data: scripts or fonts; small pictures may be inlined.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // One file for what several pages share: on a slow line each small file costs more than its bytes.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'shared', minShareCount: SHARED_BY, test: LATER, priority: 1 },
            { name: 'imports', minShareCount: 2, test: IMPORTS },
            { name: 'small', test: SMALL },
          ],
        },
      },
    },
    // Charts, which come after the words.
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/v1': API, '/openapi.json': API, '/readyz': API } },
})
