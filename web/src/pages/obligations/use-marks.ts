import { computed, type Ref } from 'vue'
import { useSeen } from '../../session/seen.ts'
import { useMe } from '../../session/use-me.ts'
import { unreadMark, type UnreadMark } from './unread.ts'
import type { ListedObligation } from './use-obligations.ts'

/** The marks of rows by their ids: what is new to whoever reads, and what changed since they looked. */
export function useMarks(items: Ref<readonly ListedObligation[]>) {
  const { data: me } = useMe()
  const { data: seen } = useSeen(computed(() => items.value.map(({ id }) => id)))
  return computed(() => {
    const mine = (me.value?.actingOffices ?? []).map(({ code }) => code)
    return new Map(
      items.value.flatMap((item): [string, UnreadMark][] => {
        const mark = unreadMark(item, seen.value, mine)
        return mark ? [[item.id, mark]] : []
      }),
    )
  })
}
