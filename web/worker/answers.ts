/** When an answer was kept, in milliseconds since 1970; the app tells it to whoever reads without a network. */
export const KEPT_AT = 'x-duban-kept-at'

const STORE = 'duban-answers'
const MOST_ANSWERS = 200
const KEPT_MS = 86_400_000

/** From the network, which is kept for later; without one what was kept, if it is of the last day. */
export async function answerOrKept(request: Request): Promise<Response> {
  try {
    const response = await fetch(request)
    if (response.status === 401) await forgetAnswers()
    else if (response.ok) await keepAnswer(request, response.clone())
    return response
  } catch (lost) {
    const kept = await (await caches.open(STORE)).match(request.url)
    if (kept && Date.now() - Number(kept.headers.get(KEPT_AT)) < KEPT_MS) return kept
    throw lost
  }
}

/** Whoever signs in or out finds nothing of the person before. */
export async function forgetAnswers(): Promise<void> {
  await caches.delete(STORE)
}

async function keepAnswer(request: Request, response: Response): Promise<void> {
  const headers = new Headers(response.headers)
  headers.set(KEPT_AT, String(Date.now()))
  const store = await caches.open(STORE)
  // The newest stands last, so that the first are the ones to give up.
  await store.delete(request.url)
  await store.put(request.url, new Response(await response.blob(), { status: response.status, headers }))
  const kept = await store.keys()
  await Promise.all(kept.slice(0, -MOST_ANSWERS).map((old) => store.delete(old)))
}
