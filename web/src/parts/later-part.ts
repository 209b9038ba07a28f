import { type Component, defineAsyncComponent, h } from 'vue'
import { i18n } from '../words/index.ts'

const NotThere = () => h('p', { class: 'late', role: 'alert' }, i18n.global.t('state.unreachable'))

/** A part whose file is loaded where it is shown first; where it does not come, the page says so. */
export function laterPart<T extends Component>(load: () => Promise<{ default: T }>) {
  return defineAsyncComponent({ loader: load, errorComponent: NotThere })
}

/** By then whoever came to read the page can read it. */
const SOON_MS = 1_000

/** Fetches the file of such a part before somebody asks for it. Where it does not come, it is asked for again as it is shown. */
export function fetchSoon(load: () => Promise<unknown>): void {
  setTimeout(() => void load().catch(() => undefined), SOON_MS)
}
