import { type Component, defineAsyncComponent, h } from 'vue'
import { i18n } from '../words/index.ts'

const NotThere = () => h('p', { class: 'late', role: 'alert' }, i18n.global.t('state.unreachable'))

/** A part whose file is loaded where it is shown first; where it does not come, the page says so. */
export function laterPart<T extends Component>(load: () => Promise<{ default: T }>) {
  return defineAsyncComponent({ loader: load, errorComponent: NotThere })
}
