/** What the pages of every day need of this build, written here by scripts/build-web.mjs: the worker changes whenever one of them does. */
declare const BUILD_FILES: readonly string[]
/** Names the build. */
declare const BUILD: string

const PAGE = '/app/'
const PREFIX = 'duban-files-'
const STORE = PREFIX + BUILD

/** Keeps the page and what it needs on this device: all of it, or this build is not installed. */
export async function keepFiles(): Promise<void> {
  const store = await caches.open(STORE)
  try {
    await store.addAll([new Request(PAGE, { cache: 'reload' }), ...BUILD_FILES])
  } catch (refused) {
    await caches.delete(STORE)
    throw refused
  }
}

/** A page of the build before may still be open, so that its files stay; older ones go. */
export async function dropOldFiles(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== STORE)
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)))
}

export async function pageOrNetwork(request: Request): Promise<Response> {
  return (await (await caches.open(STORE)).match(PAGE)) ?? fetch(request)
}

/** Other pages and the charts are kept when they have been asked for. @param later what goes on after the answer is given */
export async function fileOrNetwork(
  request: Request,
  later: (work: Promise<void>) => void,
): Promise<Response> {
  const kept = (await caches.match(request.url, { cacheName: STORE })) ?? (await caches.match(request.url))
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) later(keepFile(request, response.clone()))
  return response
}

/** A device that is full keeps no further file; the page has it all the same. */
async function keepFile(request: Request, response: Response): Promise<void> {
  try {
    await (await caches.open(STORE)).put(request.url, response)
  } catch (full) {
    console.info('a file is not kept:', full)
  }
}
