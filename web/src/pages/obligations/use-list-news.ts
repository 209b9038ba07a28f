import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type Ref, watch } from 'vue'
import { FOLLOWS_MS } from '../../parts/follows.ts'
import type { ListQuery } from './asked.ts'
import { type Glance, newsOf } from './list-news.ts'
import { askPage, type useObligations } from './use-obligations.ts'

/**
 * How many rows others have changed while somebody is at work with those that are shown: these stay until they are asked for, or the
 * work is over. Nothing is asked for a page that is out of sight.
 * @param atWork whether rows are chosen, one is open, or a form is
 */
export function useListNews(
  query: ComputedRef<ListQuery>,
  list: ReturnType<typeof useObligations>,
  atWork: Readonly<Ref<boolean>>,
): ComputedRef<number> {
  const pages = () => list.data.value?.pages ?? []
  const shown = () => ({
    rows: pages().flatMap(({ items }) => items.map(glance)),
    isWhole: !list.hasNextPage.value,
  })

  async function look() {
    const rows: Glance[] = []
    let cursor: string | null = ''
    for (let nth = 0; cursor !== null && nth < Math.max(1, pages().length); nth += 1) {
      const page: Awaited<ReturnType<typeof askPage>> = await askPage(query.value, cursor)
      rows.push(...page.items.map(glance))
      cursor = page.nextCursor
    }
    return { rows, isWhole: cursor === null }
  }

  const { data, dataUpdatedAt } = useQuery({
    queryKey: ['list-news', query],
    queryFn: look,
    enabled: computed(() => atWork.value && list.data.value !== undefined && !list.isPlaceholderData.value),
    refetchInterval: () => FOLLOWS_MS * Math.max(1, pages().length),
    // What was just read is not looked at again.
    initialData: shown,
    initialDataUpdatedAt: () => list.dataUpdatedAt.value,
    gcTime: 0,
  })
  const news = computed(() =>
    data.value && dataUpdatedAt.value > list.dataUpdatedAt.value ? newsOf(shown(), data.value) : 0,
  )
  watch(atWork, (works) => {
    if (!works && news.value > 0) void list.refetch()
  })
  return computed(() => (atWork.value ? news.value : 0))
}

const glance = ({ id, version }: Glance): Glance => ({ id, version })
