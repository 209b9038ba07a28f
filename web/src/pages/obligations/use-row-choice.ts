import { type ComputedRef, computed, nextTick, onBeforeUnmount, type Ref, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usePageKeys } from '../../parts/use-page-keys.ts'
import { useFilters } from './filters.ts'
import { chosenWith, neighbourOf, rowsBetween } from './row-place.ts'
import { usePlace } from './use-place.ts'

/** Beside a key that is held down nothing is opened: each item asks for some answers. */
const REST_MS = 150
/** So many rows before the end the next ones are asked for. */
const AHEAD = 10

/** Whoever comes back to the list goes on where they left it. */
let lastAt: string | null = null

/**
 * Which row the keyboard stands on, which is open beside the list, and which are chosen; by mouse and by key. `more`: asked for the
 * next rows by whoever comes near the last. `areOfBefore`: whether the rows are still those of the question before.
 */
export function useRowChoice(
  items: ComputedRef<readonly { id: string }[]>,
  selects: ComputedRef<boolean>,
  more: () => unknown,
  areOfBefore: Ref<boolean>,
) {
  const route = useRoute()
  const router = useRouter()
  const { query } = useFilters()
  const ids = computed(() => items.value.map(({ id }) => id))
  const open = computed(() => (typeof route.query['open'] === 'string' ? route.query['open'] : null))
  const at = ref(open.value ?? lastAt)
  const place = usePlace(ids, at, query, areOfBefore)
  const chosen = ref(new Set<string>())
  /** From here a range is chosen. */
  let anchor: string | null = null
  const helps = ref(false)
  let steppedAt = 0
  let resting: ReturnType<typeof setTimeout> | undefined
  onBeforeUnmount(() => clearTimeout(resting))
  /** What is out of sight is not chosen. */
  watch(query, (now, before) => {
    if (JSON.stringify(now) !== JSON.stringify(before)) chooseAll(false)
  })
  watch(items, (now) => (chosen.value = stillListed(chosen.value, now)))
  watch(at, (now) => (lastAt = now), { immediate: true })

  function openRow(id: string | null): void {
    clearTimeout(resting)
    at.value = id ?? at.value
    // A telephone has no room beside the list.
    if (id !== null && matchMedia('(max-width: 900px)').matches) {
      void router.push({ name: 'obligation', params: { id }, query: route.query })
      return
    }
    const { open: _before, ...rest } = route.query
    void router.replace({ query: id === null ? rest : { ...rest, open: id } }).then(stayThere)
  }

  /** Beside an item the rows have less room, and lie elsewhere. */
  async function stayThere(): Promise<void> {
    await nextTick()
    if (at.value !== null) bringIntoView(at.value)
  }

  /** @param range from the row that was pressed before */
  function choose(id: string, range = false): void {
    chosen.value = chosenWith(chosen.value, id, range ? rowsBetween(ids.value, anchor, id) : [id])
    anchor = id
  }

  function chooseAll(all: boolean): void {
    anchor = null
    chosen.value = new Set(all ? ids.value : [])
  }

  /** @param goesAlong whether the focus does: by a button it stays there, to be pressed again */
  function step(by: 1 | -1, goesAlong = false): void {
    const id = at.value ?? open.value
    const next = neighbourOf(ids.value, { ...place(), id }, by)
    if (by === 1 && ids.value.indexOf(next ?? id ?? '') + AHEAD >= ids.value.length) more()
    if (next === undefined) return
    at.value = next
    if (goesAlong) focusRow(next)
    bringIntoView(next)
    if (open.value !== null) openAtRest(next)
  }

  function openAtRest(id: string): void {
    const now = performance.now()
    clearTimeout(resting)
    if (now - steppedAt > REST_MS) openRow(id)
    else resting = setTimeout(() => openRow(id), REST_MS)
    steppedAt = now
  }

  /** The list goes on where the item was open, or at what has its place now. */
  function close(): void {
    if (open.value === null) return
    openRow(null)
    const id = listed() ?? neighbourOf(ids.value, place(), 1) ?? neighbourOf(ids.value, place(), -1)
    if (id !== undefined) focusRow(id)
  }

  const listed = () => (at.value !== null && ids.value.includes(at.value) ? at.value : null)
  /** With Tab or a press somebody has come to another row than the keys did: they go on from there. */
  function comeTo({ target }: Event): void {
    const id = target instanceof Element ? target.closest('tr')?.id.replace(/^row-/, '') : undefined
    if (id !== undefined && ids.value.includes(id)) at.value = id
  }
  const stepFrom = (event: Event, by: 1 | -1) => {
    comeTo(event)
    step(by, true)
  }
  const chooseHere = (event: Event, range: boolean) => {
    comeTo(event)
    const id = listed()
    if (selects.value && id !== null) choose(id, range)
  }
  const openHere = (event: Event) => {
    comeTo(event)
    const id = listed()
    if (id !== null) openRow(id)
  }

  usePageKeys({
    j: (event) => stepFrom(event, 1),
    k: (event) => stepFrom(event, -1),
    Enter: openHere,
    x: (event) => chooseHere(event, false),
    X: (event) => chooseHere(event, true),
    b: mainDeed,
    '/': () => {
      searchField()?.focus()
      searchField()?.select()
    },
    '?': () => (helps.value = !helps.value),
    Escape: ({ target }) => {
      if (helps.value) helps.value = false
      else if (target === searchField()) searchField()?.blur()
      else close()
    },
  })
  return { at, open, chosen, helps, openRow, close, choose, chooseAll, step }
}

const searchField = () => document.querySelector<HTMLInputElement>('#list-search')

/** What is done most, else whatever else the bar offers. */
function mainDeed(): void {
  const offered = ['.main', 'select', 'button'].map((one) =>
    document.querySelector<HTMLElement>(`.bulk > ${one}`),
  )
  offered.find((one) => one !== null)?.focus()
}

const rowOf = (id: string) => document.getElementById(`row-${id}`)

/** Whoever goes on with Tab, or has the page read aloud, is there too. */
function focusRow(id: string): void {
  rowOf(id)?.querySelector('a')?.focus({ preventScroll: true })
}

function bringIntoView(id: string): void {
  rowOf(id)?.scrollIntoView({ block: 'nearest' })
}

/** What has left the list meanwhile is not acted on. */
export function stillListed(chosen: Set<string>, items: readonly { id: string }[]): Set<string> {
  const left = items.flatMap(({ id }) => (chosen.has(id) ? [id] : []))
  return left.length === chosen.size ? chosen : new Set(left)
}
