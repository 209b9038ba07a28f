import { useRoute } from 'vue-router'
import { watch } from 'vue'
import { dropAtSignOut } from '../../session/forget.ts'

/** On which row somebody stood, and what they had chosen. */
export type Left = { at: string | null; chosen: ReadonlySet<string> }

/** By the step of the browser's history. A step may be another question's by now: what is kept says of which it is. */
const left = new Map<string, Left & { question: string }>()
dropAtSignOut(() => left.clear())

let marked = 0
/**
 * The mark of this step, made where it has none. Its number would not do: whoever goes back and on to somewhere else is at the same
 * number, though they have not been here. Back and Forward bring the mark with the step.
 */
function step(): string {
  const state = history.state as { list?: string } | null
  if (state?.list !== undefined) return state.list
  // A page that was loaded anew counts from the beginning, with the steps of before behind it.
  const list = `${Date.now()}-${marked++}`
  history.replaceState({ ...state, list }, '')
  return list
}

/**
 * Keeps how a list was left, whichever way, for whoever comes back to it with the browser's Back.
 * @param question what the list asks @param now how it stands
 * @param another told when another question is asked, with how it was left if it was asked at this step before
 * @returns how the list was left that is shown first
 */
export function useLeftPlaces(
  question: () => string,
  now: () => Left,
  another: (before: Left | null) => void,
): Left | null {
  const route = useRoute()
  let [here, asked] = [step(), question()]
  const before = () => {
    const kept = left.get(here)
    return kept?.question === asked ? kept : null
  }
  watch(
    () => route.fullPath,
    () => {
      left.set(here, { ...now(), question: asked })
      const isAnother = question() !== asked
      ;[here, asked] = [step(), question()]
      if (isAnother) another(before())
    },
    // Before the list gives way to another page.
    { flush: 'sync' },
  )
  return before()
}
