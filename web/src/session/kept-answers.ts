import { readonly, ref } from 'vue'

const KEPT_AT = 'x-duban-kept-at'
const keptAt = ref<string | null>(null)

/** When what is shown was kept, as an ISO instant; null while the network answers (web/worker/answers.ts). */
export const shownSince = readonly(keptAt)

/** The newest answer decides: once the network is back, nothing is old any more. */
export function recordAnswer({ headers }: Response): void {
  const at = headers.get(KEPT_AT)
  keptAt.value = at === null ? null : new Date(Number(at)).toISOString()
}

/** Keeps the app on this device where the browser can; while it is developed, every file comes anew. */
export function keepApp(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // Browsers that refuse it (a private window) show the app all the same.
  navigator.serviceWorker.register(`${import.meta.env.BASE_URL}worker.js`).catch((refused: unknown) => {
    console.info('the app is not kept on this device:', refused)
  })
}
