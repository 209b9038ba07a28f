import type { Router } from 'vue-router'
import { dailyPageOf } from '../ahead/questions.ts'
import { queryClient } from '../api/query.ts'
import { instantWords } from '../parts/days.ts'
import { keepDrawnPage } from '../session/drawn-pages.ts'
import { shownFirst, shownSince } from '../session/kept-answers.ts'
import { isKept } from '../session/new-build.ts'
import { i18n } from '../words/index.ts'
import { isOnline } from './online.ts'

/** After the last answer, so that the page stands still. */
const SETTLED_MS = 1_000

/**
 * Keeps each page of every day as it was drawn, for the next visit: once its answers are here, and again as it is left. Not once
 * somebody pressed or typed something: it might show what is for this look alone.
 */
export function keepDrawn(router: Router): void {
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker
  let isTouched = false
  let isOfOldBuild = false
  let isControlled = Boolean(workers?.controller)
  let waits: ReturnType<typeof setTimeout> | undefined
  const touch = () => (isTouched = true)
  for (const event of ['click', 'keydown', 'input']) addEventListener(event, touch, { capture: true })
  router.afterEach((to, from, failure) => {
    if (failure) return
    // On the same page what was pressed before may still show something.
    if (to.path !== from.path) isTouched = false
    waitAnew()
  })
  // The first visit has no worker yet; a further one is that of a new build, whose pages are drawn otherwise.
  workers?.addEventListener('controllerchange', () => {
    isOfOldBuild = isControlled
    isControlled = true
    waitAnew()
  })
  document.addEventListener('visibilitychange', () => document.hidden && keep())

  function waitAnew(): void {
    clearTimeout(waits)
    waits = setTimeout(() => (queryClient.isFetching() === 0 ? keep() : waitAnew()), SETTLED_MS)
  }
  function keep(): void {
    const app = document.querySelector('#app')
    const at = readAt()
    if (!app || at === null || isTouched || isOfOldBuild || !isControlled || dailyPageOf(location) === null)
      return
    const { t, locale } = i18n.global
    const note = `${t('state.refreshing')} ${instantWords(new Date(at).toISOString(), locale.value)}`
    keepDrawnPage(app, at, note).catch((full: unknown) => console.info('a page is not kept:', full))
  }
}

/** When the oldest answer on the page came, in milliseconds since 1970; null while one is not here, or is from before. */
function readAt(): number | null {
  const shown = queryClient.getQueryCache().findAll({ type: 'active' })
  const isHere = shown.every(({ state }) => state.status === 'success' && state.fetchStatus === 'idle')
  if (!isHere || !isOnline.value || shownFirst.value !== null || shownSince.value !== null) return null
  const work = shown.filter(({ queryKey }) => queryKey[0] !== 'me' && isKept(queryKey))
  return work.length === 0 ? null : Math.min(...work.map(({ state }) => state.dataUpdatedAt))
}
