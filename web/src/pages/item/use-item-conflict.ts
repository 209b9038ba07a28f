import { computed, type ComputedRef, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { BothSay, Conflict, Happened } from '../../parts/conflict.ts'
import { useServerWords } from '../../words/server-words.ts'
import type { Input } from './form-inputs.ts'
import { useFormWords } from './form-words.ts'
import { linesOf } from './result-lines.ts'
import type { PossibleAction } from './use-actions.ts'
import { type Item, type Story, useItem, useStory } from './use-item.ts'

type Event = Extract<Story['items'][number], { what: 'event' }>
/** What somebody is about to do to an item. `inputs`: the fields of its form, for what they are called. */
export type AboutToDo = { action: PossibleAction; body: Record<string, unknown>; inputs: readonly Input[] }

const eventsOf = (story: Story) => story.items.filter((step): step is Event => step.what === 'event')
const NOTES: ReadonlySet<string> = new Set(['reason', 'note', 'result.note'])

/**
 * What happened to an item since somebody began to act on it, beside what they are about to do. `look`: they have seen all there is now.
 * `isLooking`: the item or its story is still being read anew.
 */
export function useItemConflict(
  id: string,
  mine: () => AboutToDo | null,
): { conflict: ComputedRef<Conflict>; look: () => void; isLooking: ComputedRef<boolean> } {
  const { t } = useI18n()
  const server = useServerWords()
  const { fieldWord, valueWord } = useFormWords()
  const { data: item, isFetching: readsItem } = useItem(id)
  const { data: story, isFetching: readsStory } = useStory(id)
  const seen = ref<number | null>(null)
  const look = () => {
    if (story.value) seen.value = eventsOf(story.value).length
  }
  watch(story, () => seen.value === null && look(), { immediate: true })
  const since = computed(() => (story.value ? eventsOf(story.value).slice(seen.value ?? 0) : []))

  const happened = computed<Happened[]>(() =>
    since.value.map((event, i) => ({
      key: `${event.at} ${i}`,
      ...{ who: event.actor.name, at: event.at, what: server.event(event), text: event.text },
    })),
  )

  function rowsOf({ action, body, inputs }: AboutToDo, now: Item): BothSay[] {
    const state = {
      word: t('conflict.state'),
      mine: action.leadsTo ? t(`obligationState.${action.leadsTo}`) : t('conflict.unchanged'),
      theirs: t(`obligationState.${now.state}`),
    }
    const theirs = new Map(linesOf({ result: now.result ?? {} }).map(({ path, value }) => [path, value]))
    if (now.outcome) theirs.set('result.outcome', now.outcome)
    const said = linesOf(body).map(({ path, value, row }) => {
      const field = inputs.find((input) => input.path === path) ?? { path }
      const other = theirs.get(path)
      const text = since.value.filter((event) => event.text !== null).pop()?.text
      return {
        word: `${row === null ? '' : `${row}. `}${fieldWord(field)}`,
        mine: valueWord(field, value),
        theirs: other === undefined ? ((NOTES.has(path) ? text : '') ?? '') : valueWord(field, other),
      }
    })
    return [state, ...said]
  }

  const conflict = computed<Conflict>(() => {
    const about = mine()
    if (!about || !item.value) return { happened: happened.value, rows: [], refusal: null }
    const { refusal, by } = about.action
    return {
      happened: happened.value,
      rows: rowsOf(about, item.value),
      refusal: refusal ? server.refusal(refusal, by) : null,
    }
  })
  const isLooking = computed(() => readsItem.value || readsStory.value)
  return { conflict, look, isLooking }
}
