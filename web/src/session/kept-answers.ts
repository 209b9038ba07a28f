import type { QueryKey } from '@tanstack/vue-query'
import { computed, reactive, readonly, ref } from 'vue'
import { KEPT_AT } from '../../worker/kept-names.ts'
import { queryClient } from '../api/query.ts'
import { dropAtSignOut } from './forget.ts'

/** Older than anything, so that what is shown first is asked for at once. */
const LONG_AGO = 1
/** What may not be read, or is not there any more. */
const GONE: ReadonlySet<number> = new Set([403, 404])

type First = { at: number; key: QueryKey; isSeen: boolean }

const keptAt = ref<string | null>(null)
/** What is shown from an earlier visit until its answer comes, by its address. */
const first = reactive(new Map<string, First>())
dropAtSignOut(() => first.clear())

/** When what is shown was kept, as an ISO instant; null while the network answers (web/worker/answers.ts). */
export const shownSince = readonly(keptAt)
/** The same of the oldest that is shown first, and is being asked for. */
export const shownFirst = computed(() => {
  const seen = [...first.values()].filter(({ isSeen }) => isSeen)
  return seen.length === 0 ? null : new Date(Math.min(...seen.map(({ at }) => at))).toISOString()
})

/** Where its answer came already, that stays. @param at when it was kept, in milliseconds since 1970 */
export function showFirst(address: string, key: QueryKey, data: unknown, at: number): void {
  if ((queryClient.getQueryState(key)?.dataUpdatedAt ?? 0) > LONG_AGO) return
  queryClient.setQueryData(key, data, { updatedAt: LONG_AGO })
  first.set(address, { at, key, isSeen: true })
}

/** Whether a query still holds what was kept. @param updatedAt its `dataUpdatedAt` */
export function isShownFirst(updatedAt: number): boolean {
  return updatedAt === LONG_AGO
}

/** Nothing is asked for any more: what was not asked for is not shown either. What the server failed to answer stays, with its date. */
export function endShownFirst(): void {
  for (const [address, one] of first) {
    const query = queryClient.getQueryCache().find({ queryKey: one.key, exact: true })
    if (query?.state.status === 'error') one.isSeen = query.isActive()
    else first.delete(address)
  }
}

/** The newest answer decides: once the network is back, nothing is old any more. @param url that was asked */
export function recordAnswer({ headers, ok, status }: Response, url: string): void {
  const at = headers.get(KEPT_AT)
  keptAt.value = at === null ? null : new Date(Number(at)).toISOString()
  const address = url.slice(location.origin.length)
  const shown = first.get(address)
  if (!shown || !(ok || GONE.has(status))) return
  first.delete(address)
  if (!ok) dropAnswer(shown.key)
}

/** What is refused now is not shown as it was before. */
function dropAnswer(queryKey: QueryKey): void {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true })
  query?.setState({ data: undefined, dataUpdatedAt: 0, status: 'pending' })
}

/** By then the page is there: what the app keeps must not be fetched beside what somebody waits for. */
const STARTED_MS = 5_000

let waits: ReturnType<typeof setTimeout> | undefined
// Signing out has just taken the app off the device.
dropAtSignOut(() => clearTimeout(waits))

/** Keeps the app on this device where the browser can; while it is developed, every file comes anew. */
export function keepApp(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  clearTimeout(waits)
  waits = setTimeout(registerWorker, Math.max(0, STARTED_MS - performance.now()))
}

function registerWorker(): void {
  // Browsers that refuse it (a private window) show the app all the same.
  navigator.serviceWorker.register(`${import.meta.env.BASE_URL}worker.js`).catch((refused: unknown) => {
    console.info('the app is not kept on this device:', refused)
  })
}
