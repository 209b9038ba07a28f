import { ANSWERS, KEPT_AT, keptAt } from './kept-names.ts'

const MOST_ANSWERS = 200
/** A network that takes longer is none, where something is kept. */
const PATIENCE_MS = 8_000

/** Counts how often everything was forgotten: what was asked before is kept no more. */
let edition = 0

/**
 * From the network, and what it answers is kept for later. Without one, or where it hangs, what was kept.
 * @param later what goes on after the answer is given
 */
export async function answerOrKept(
  request: Request,
  later: (work: Promise<void>) => void,
): Promise<Response> {
  const asked = edition
  const answer = fetch(request)
  later(answer.then((response) => noteAnswer(request.url, response.clone(), asked)).catch(ignoreLost))
  const kept = await keptAnswer(request.url)
  if (!kept) return answer
  return Promise.race([answer, afterPatience(kept)]).catch(() => kept)
}

/** Whoever signs in or out finds nothing of the person before. A store that cannot be emptied does not keep anybody signed in. */
export async function forgetAnswers(): Promise<void> {
  edition += 1
  await caches.delete(ANSWERS).catch(() => false)
}

function afterPatience(kept: Response): Promise<Response> {
  return new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS))
}

async function keptAnswer(url: string): Promise<Response | null> {
  const kept = await (await caches.open(ANSWERS)).match(url)
  return kept && keptAt(kept) !== null ? kept : null
}

/** A session that is over ends all that is kept; what may not be seen any more goes by itself. */
async function noteAnswer(url: string, response: Response, asked: number): Promise<void> {
  if (response.status === 401) return forgetAnswers()
  const store = await caches.open(ANSWERS)
  if (response.status === 403 || response.status === 404) await store.delete(url)
  if (response.ok) await keepAnswer(store, url, response)
  if (asked !== edition) await caches.delete(ANSWERS)
}

async function keepAnswer(store: Cache, url: string, response: Response): Promise<void> {
  const headers = new Headers(response.headers)
  headers.set(KEPT_AT, String(Date.now()))
  // What is kept is the text, however it came.
  headers.delete('content-encoding')
  headers.delete('content-length')
  // The newest stands last, so that the first are the ones to give up.
  await store.delete(url)
  await store.put(url, new Response(await response.blob(), { status: response.status, headers }))
  const kept = await store.keys()
  await Promise.all(kept.slice(0, -MOST_ANSWERS).map((old) => store.delete(old)))
  await dropOld(store, kept.slice(-MOST_ANSWERS))
}

/** Of what is older than a day nothing stays, whether or not somebody reads it. @param kept the oldest first */
async function dropOld(store: Cache, kept: readonly Request[]): Promise<void> {
  for (const request of kept) {
    const answer = await store.match(request)
    if (answer && keptAt(answer) !== null) return
    await store.delete(request)
  }
}

/** The page is told of a lost network by its own request, and of a full device there is nothing to tell. */
function ignoreLost(lost: unknown): void {
  console.info('an answer is not kept:', lost)
}
