import type { Router } from 'vue-router'
import { queryClient } from '../api/query.ts'

const HOUR_MS = 3_600_000
/** Loading anew twice within this time would go round in a circle. */
const ONCE_IN_MS = 10_000
const LOADED_ANEW = 'duban.loaded-anew'
/** A file of a build that is gone, as Chromium, Firefox and Safari tell it. */
const MISSING_FILE = /dynamically imported module|importing a module script failed/i

/** Pages that hang on a wall. */
const ON_A_WALL: ReadonlySet<string> = new Set(['overview', 'wall'])

/** What stands first in the keys of the answers that the worker keeps (web/worker/plan.ts). */
const KEPT: ReadonlySet<unknown> = new Set([
  'me',
  'home',
  'overview',
  'campaigns',
  'timeline',
  'obligation',
  'obligations',
])

/** Other answers are not read twice: the worker would not keep them. */
export function isKept([first]: readonly unknown[]): boolean {
  return KEPT.has(first)
}

let replaced = false

/**
 * Leads an open page to a new build: with its next page once the worker of that build is in charge, or when a file of its own
 * is not there any more. What was typed is kept as a draft.
 */
export function followBuilds(router: Router): void {
  router.beforeEach((to) => {
    if (!replaced) return true
    location.assign(router.resolve(to).href)
    return false
  })
  router.onError((error: unknown, to) => {
    const isMissing = error instanceof Error && MISSING_FILE.test(error.message)
    if (isMissing && mayLoadAnew()) location.assign(router.resolve(to).href)
  })
  if ('serviceWorker' in navigator) watchWorker(navigator.serviceWorker, router)
}

function watchWorker(workers: ServiceWorkerContainer, router: Router): void {
  let controlled = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    // The first worker of a page is no other build. What was read before it was there is read again, so that it is kept.
    replaced = controlled
    if (!controlled)
      void queryClient.refetchQueries({ type: 'active', predicate: ({ queryKey }) => isKept(queryKey) })
    controlled = true
    // A screen on a wall shows the overview and opens no other page by itself. Nothing is typed there.
    if (replaced && ON_A_WALL.has(String(router.currentRoute.value.name))) location.reload()
  })
  setInterval(() => void workers.getRegistration().then((kept) => kept?.update()), HOUR_MS)
}

function mayLoadAnew(): boolean {
  const before = Number(sessionStorage.getItem(LOADED_ANEW) ?? 0)
  sessionStorage.setItem(LOADED_ANEW, String(Date.now()))
  return Date.now() - before > ONCE_IN_MS
}
