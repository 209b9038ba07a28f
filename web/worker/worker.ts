import { answerOrKept, forgetAnswers } from './answers.ts'
import { dropOldFiles, fileOrNetwork, keepFiles, pageOrNetwork } from './files.ts'
import { planOf } from './plan.ts'

/**
 * Keeps the app on the device: pages open at once and without a network, lists and items can be read as they were.
 * It never sends anything by itself.
 */
declare const self: ServiceWorkerGlobalScope

self.addEventListener('install', (event) => event.waitUntil(keepFiles().then(() => self.skipWaiting())))
// What the build before kept may lack what the pages of this one read.
self.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([dropOldFiles(), forgetAnswers()]).then(() => self.clients.claim())),
)
self.addEventListener('fetch', (event) => {
  const answered = answerFor(event.request, (work) => event.waitUntil(work))
  if (answered) event.respondWith(answered)
})

/** null leaves the request to the browser. */
function answerFor(request: Request, later: (work: Promise<void>) => void): Promise<Response> | null {
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin) return null
  const navigates = request.mode === 'navigate'
  switch (planOf({ method: request.method, path: pathname, navigates })) {
    case 'page':
      return pageOrNetwork(request)
    case 'file':
      return fileOrNetwork(request, later)
    case 'answer':
      return answerOrKept(request, later)
    case 'session':
      return changeSession(request)
    case 'network':
      return null
  }
}

/** Forgets twice: what was asked for the person before may be answered meanwhile. */
async function changeSession(request: Request): Promise<Response> {
  await forgetAnswers()
  try {
    return await fetch(request)
  } finally {
    await forgetAnswers()
  }
}
