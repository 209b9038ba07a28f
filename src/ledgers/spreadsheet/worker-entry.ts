/** The program of the thread that reads a workbook: built, or from the sources. */
export function workerEntry(): URL {
  return import.meta.url.endsWith('.js') ? new URL('./worker.js', import.meta.url) : fromSources()
}

/** Run from the sources (tsx), the thread must learn TypeScript first. */
function fromSources(): URL {
  const tsx = import.meta.resolve('tsx/esm/api')
  const worker = new URL('./worker.ts', import.meta.url).href
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(worker)})`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
