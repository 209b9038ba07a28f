/** What the pages of every day need of this build, written here by scripts/build-web.mjs: the worker changes whenever one of them does. */
declare const BUILD_FILES: readonly string[]
/** Names the build. */
declare const BUILD: string

const PAGE = '/app/'
const PREFIX = 'duban-files-'
const STORE = PREFIX + BUILD

/** Keeps the page and what it needs on this device. */
export async function keepFiles(): Promise<void> {
  const store = await caches.open(STORE)
  await store.addAll([new Request(PAGE, { cache: 'reload' }), ...BUILD_FILES])
}

/** A page of the build before may still be open, so that its files stay; older ones go. */
export async function dropOldFiles(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== STORE)
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)))
}

export async function pageOrNetwork(request: Request): Promise<Response> {
  return (await (await caches.open(STORE)).match(PAGE)) ?? fetch(request)
}

export async function fileOrNetwork(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? keepFile(request)
}

/** Other pages and the charts are kept when they have been asked for. */
async function keepFile(request: Request): Promise<Response> {
  const response = await fetch(request)
  if (response.ok) await (await caches.open(STORE)).put(request.url, response.clone())
  return response
}
