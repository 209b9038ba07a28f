import { ANSWERS, KEPT_AT } from '../../worker/kept-names.ts'
import { DRAWN, DRAWN_STYLE, type Drawn, drawnAddress, hasStarted } from '../ahead/drawn.ts'
import { dropAtSignOut } from './forget.ts'
import { isTheirPage, sessionMark } from './signed-in.ts'

/** More than this is not drawn sooner from the device than by the app. */
const MOST_CHARACTERS = 400_000
/** Screens of a page that are kept: what stands further below is drawn by the app before anybody comes there. */
const MOST_SCREENS = 2
/** Pages that somebody may open next; the answers need the room (web/worker/answers.ts). */
const MOST_PAGES = 20
/** What was shown for a reason, once; the audit trail counts it. */
const REVEALED = '[data-revealed]'
/** What no device keeps: names of files, mails, the audit trail, accounts, and what was looked up (web/worker/plan.ts). */
const UNKEPT = '[data-unkept]'

/** Counts how often somebody signed out: what was drawn before is kept no more. */
let edition = 0
dropAtSignOut(() => (edition += 1))

/**
 * Keeps the page as it stands, for the next visit (ahead/drawn.ts). It goes with the answers that are kept.
 * @param at when the oldest on it was read, in milliseconds since 1970
 * @param note says from when it is
 */
export async function keepDrawnPage(app: Element, at: number, note: string): Promise<void> {
  const session = sessionMark()
  if (!('caches' in globalThis) || session === null || !isTheirPage() || !hasStarted(app)) return
  if (app.querySelector(REVEALED) || document.querySelector('dialog[open]')) return
  const html = htmlOf(app, note)
  if (html.length > MOST_CHARACTERS) return
  const { lang: language, classList } = document.documentElement
  const drawn: Drawn = { session, language, isDark: classList.contains('dark'), html }
  const asked = edition
  const store = await caches.open(ANSWERS)
  // The newest stands last.
  await store.delete(drawnAddress(location))
  const headers = { [KEPT_AT]: String(at), 'content-type': 'application/json' }
  await store.put(drawnAddress(location), new Response(JSON.stringify(drawn), { headers }))
  const old = (await drawnIn(store)).slice(0, -MOST_PAGES)
  await Promise.all(old.map((one) => store.delete(one)))
  if (asked !== edition || !isTheirPage()) await caches.delete(ANSWERS)
}

/** After something was done, what was drawn shows what was before. A mark of what was looked at does nothing. */
export function forgetDrawnBy({ method, url }: Request): void {
  if (method !== 'GET' && !url.includes('/v1/seen')) void forgetDrawn().catch(() => undefined)
}

/** @throws where the browser opens no store */
export async function forgetDrawn(): Promise<void> {
  if (!('caches' in globalThis)) return
  const store = await caches.open(ANSWERS)
  await Promise.all((await drawnIn(store)).map((one) => store.delete(one)))
}

async function drawnIn(store: Cache): Promise<readonly Request[]> {
  return (await store.keys()).filter(({ url }) => new URL(url).pathname.startsWith(`${DRAWN}/`))
}

function htmlOf(app: Element, note: string): string {
  const copy = app.cloneNode(true) as Element
  copyChoices(app, copy)
  for (const part of farBelow(app, copy)) part.remove()
  for (const part of copy.querySelectorAll(UNKEPT)) part.remove()
  for (const element of copy.querySelectorAll('[style]')) {
    element.setAttribute(DRAWN_STYLE, element.getAttribute('style') ?? '')
    element.removeAttribute('style')
  }
  const line = Object.assign(document.createElement('p'), { className: 'refreshing', textContent: note })
  copy.append(line)
  return copy.innerHTML
}

/**
 * The parts of the copy whose originals begin more than some screens from the top. What holds the page keeps its height, so that
 * a page that was scrolled stays so.
 */
function farBelow(app: Element, copy: Element): Element[] {
  const limit = MOST_SCREENS * innerHeight - scrollY
  const found: Element[] = []
  const look = (of: Element, its: Element) => {
    for (const [i, child] of [...of.children].entries()) {
      const { top, bottom, height } = child.getBoundingClientRect()
      const same = its.children[i]
      if (!same || height === 0) continue
      if (top > limit) found.push(same)
      else if (bottom > limit) look(child, same)
    }
  }
  look(app, copy)
  const [page, itsCopy] = [app.querySelector('main'), copy.querySelector('main')]
  if (page && found.length > 0)
    itsCopy?.setAttribute(DRAWN_STYLE, `min-height: ${Math.round(page.getBoundingClientRect().height)}px`)
  return found
}

/** What is chosen stands in no text of a page. What is typed is a draft, and not copied. */
function copyChoices(app: Element, copy: Element): void {
  const options = copy.querySelectorAll('option')
  for (const [i, option] of app.querySelectorAll('option').entries())
    options[i]?.toggleAttribute('selected', option.selected)
  const boxes = copy.querySelectorAll(BOXES)
  for (const [i, box] of app.querySelectorAll<HTMLInputElement>(BOXES).entries())
    boxes[i]?.toggleAttribute('checked', box.checked)
}
const BOXES = 'input[type=checkbox], input[type=radio]'
