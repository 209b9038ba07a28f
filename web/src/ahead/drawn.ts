import { ANSWERS, keptAt } from '../../worker/kept-names.ts'
import { keptLanguage } from '../words/kept-language.ts'
import { mayShowFirst, sessionMark } from '../session/signed-in.ts'

/**
 * A page as it stood when everything on it was read. Styles of elements stand aside: the browser takes none from a text (CSP).
 * @property session whose it was, as `sessionMark` says it
 */
export type Drawn = { session: string; language: string; isDark: boolean; html: string }

export const DRAWN = '/app/drawn'
export const DRAWN_STYLE = 'data-drawn-style'
/** By then the app has started, or it never will. */
const MOST_MS = 15_000

/** Under which the picture of a page is kept. */
export const drawnAddress = ({ pathname, search }: Pick<Location, 'pathname' | 'search'>) =>
  `${DRAWN}${pathname}${search}`

/**
 * Until the app has started, whoever comes again sees the page as it was drawn last; nothing on it can be pressed. Nothing where
 * none was kept, somebody else has signed in, the session may be over, or the app was faster.
 * @returns whether it stands there
 */
export async function showDrawn(place: Pick<Location, 'pathname' | 'search'>): Promise<boolean> {
  const kept = await self.caches?.match(drawnAddress(place), { cacheName: ANSWERS })
  const at = kept ? keptAt(kept) : null
  if (!kept || at === null || !mayShowFirst(at)) return false
  const drawn = (await kept.json()) as Drawn
  const app = document.querySelector<HTMLElement>('#app')
  if (!app || hasStarted(app)) return false
  if (drawn.session !== sessionMark() || drawn.language !== keptLanguage()) return false
  document.documentElement.classList.toggle('dark', drawn.isDark)
  app.inert = true
  app.innerHTML = drawn.html
  for (const element of app.querySelectorAll<HTMLElement>(`[${DRAWN_STYLE}]`))
    element.style.cssText = element.getAttribute(DRAWN_STYLE) ?? ''
  setTimeout(() => !hasStarted(app) && app.replaceChildren(), MOST_MS)
  return true
}

/** The mark of Vue at the element that it fills. */
export const hasStarted = (app: Element) => app.hasAttribute('data-v-app')
