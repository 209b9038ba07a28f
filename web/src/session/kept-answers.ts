import { computed, reactive, readonly, ref } from 'vue'
import { KEPT_AT } from '../../worker/kept-names.ts'

const keptAt = ref<string | null>(null)
/** What is shown from an earlier visit until its answer comes: when each address was kept. */
const first = reactive(new Map<string, number>())

/** When what is shown was kept, as an ISO instant; null while the network answers (web/worker/answers.ts). */
export const shownSince = readonly(keptAt)
/** The same of the oldest that is shown first, and is being asked for. */
export const shownFirst = computed(() =>
  first.size === 0 ? null : new Date(Math.min(...first.values())).toISOString(),
)

/** @param at in milliseconds since 1970 */
export function noteShownFirst(address: string, at: number): void {
  first.set(address, at)
}

/** Nothing is asked for any more: what was not asked for is not shown either. */
export function endShownFirst(): void {
  first.clear()
}

/** The newest answer decides: once the network is back, nothing is old any more. @param url that was asked */
export function recordAnswer({ headers }: Response, url: string): void {
  const at = headers.get(KEPT_AT)
  keptAt.value = at === null ? null : new Date(Number(at)).toISOString()
  first.delete(url.slice(location.origin.length))
}

/** By then the page is there: what the app keeps must not be fetched beside what somebody waits for. */
const STARTED_MS = 5_000

/** Keeps the app on this device where the browser can; while it is developed, every file comes anew. */
export function keepApp(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  setTimeout(registerWorker, Math.max(0, STARTED_MS - performance.now()))
}

function registerWorker(): void {
  // Browsers that refuse it (a private window) show the app all the same.
  navigator.serviceWorker.register(`${import.meta.env.BASE_URL}worker.js`).catch((refused: unknown) => {
    console.info('the app is not kept on this device:', refused)
  })
}
