import type { Router } from 'vue-router'
import { dailyPageOf } from '../ahead/questions.ts'
import { queryClient } from '../api/query.ts'
import { instantWords } from '../parts/days.ts'
import { keepDrawnPage } from '../session/drawn-pages.ts'
import { shownFirst, shownSince } from '../session/kept-answers.ts'
import { i18n } from '../words/index.ts'

/** After the last answer, so that the page stands still. */
const SETTLED_MS = 1_000

/**
 * Keeps each page of every day as it was drawn, for the next visit: once its answers are here, and again as it is left. Not once
 * somebody pressed or typed something: it might show what is for this look alone.
 */
export function keepDrawn(router: Router): void {
  let isTouched = false
  let waits: ReturnType<typeof setTimeout> | undefined
  const touch = () => (isTouched = true)
  for (const event of ['click', 'keydown', 'input']) addEventListener(event, touch, { capture: true })
  router.afterEach((_to, _from, failure) => {
    if (failure) return
    isTouched = false
    waitAnew()
  })
  // The first visit has no worker yet.
  navigator.serviceWorker?.addEventListener('controllerchange', waitAnew)
  document.addEventListener('visibilitychange', () => document.hidden && keep())

  function waitAnew(): void {
    clearTimeout(waits)
    waits = setTimeout(() => (isSettled() ? keep() : waitAnew()), SETTLED_MS)
  }
  function keep(): void {
    const app = document.querySelector('#app')
    if (isTouched || !app || dailyPageOf(location) === null || !isSettled()) return
    // Without a worker nothing of the app is kept, and a new build would draw it otherwise.
    if (!navigator.serviceWorker?.controller) return
    const { t, locale } = i18n.global
    const note = `${t('state.refreshing')} ${instantWords(new Date().toISOString(), locale.value)}`
    keepDrawnPage(app, note).catch((full: unknown) => console.info('a page is not kept:', full))
  }
}

/** Everything is here, and from the server. */
const isSettled = () =>
  queryClient.isFetching() === 0 && shownFirst.value === null && shownSince.value === null
