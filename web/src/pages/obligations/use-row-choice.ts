import { type ComputedRef, computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usePageKeys } from '../../parts/use-page-keys.ts'
import { useFilters } from './filters.ts'

/**
 * Which row the keyboard stands on, which is open beside the list, and which are chosen; by mouse and by key. `more`: asked for the
 * next rows by whoever steps beyond the last.
 */
export function useRowChoice(
  items: ComputedRef<readonly { id: string }[]>,
  selects: ComputedRef<boolean>,
  more: () => unknown,
) {
  const route = useRoute()
  const router = useRouter()
  const { query } = useFilters()
  const at = ref<string | null>(null)
  const open = computed(() => (typeof route.query['open'] === 'string' ? route.query['open'] : null))
  const chosen = ref(new Set<string>())
  const helps = ref(false)
  /** What is out of sight is not chosen. */
  watch(query, (now, before) => {
    if (JSON.stringify(now) !== JSON.stringify(before)) chooseAll(false)
  })
  watch(items, (now) => (chosen.value = stillListed(chosen.value, now)))

  function openRow(id: string | null): void {
    at.value = id ?? at.value
    // A telephone has no room beside the list.
    if (id !== null && matchMedia('(max-width: 900px)').matches) {
      void router.push({ name: 'obligation', params: { id }, query: route.query })
      return
    }
    const { open: _before, ...rest } = route.query
    void router.replace({ query: id === null ? rest : { ...rest, open: id } })
  }

  function choose(id: string): void {
    const next = new Set(chosen.value)
    if (!next.delete(id)) next.add(id)
    chosen.value = next
  }

  function chooseAll(all: boolean): void {
    chosen.value = new Set(all ? items.value.map(({ id }) => id) : [])
  }

  function step(by: 1 | -1): void {
    const here = items.value.findIndex((o) => o.id === (at.value ?? open.value))
    const next = items.value[here + by]
    if (!next) {
      if (by === 1 && here >= 0) more()
      return
    }
    at.value = next.id
    document.getElementById(`row-${next.id}`)?.scrollIntoView({ block: 'nearest' })
    if (open.value !== null) openRow(next.id)
  }

  usePageKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => at.value && openRow(at.value),
    x: () => selects.value && at.value && choose(at.value),
    '/': () => document.getElementById('list-search')?.focus(),
    '?': () => (helps.value = !helps.value),
    Escape: () => (helps.value ? (helps.value = false) : openRow(null)),
  })
  return { at, open, chosen, helps, openRow, choose, chooseAll, step }
}

/** What has left the list meanwhile is not acted on. */
export function stillListed(chosen: Set<string>, items: readonly { id: string }[]): Set<string> {
  const left = items.flatMap(({ id }) => (chosen.has(id) ? [id] : []))
  return left.length === chosen.size ? chosen : new Set(left)
}
