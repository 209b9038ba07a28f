import { type ComputedRef, computed, nextTick, onBeforeUnmount, type Ref, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usePageKeys } from '../../parts/use-page-keys.ts'
import { useFilters } from './filters.ts'
import { useFollowOpen } from './follow-open.ts'
import { useLeftPlaces } from './left-places.ts'
import { bringIntoView, focusRow, mainDeed, searchField } from './row-elements.ts'
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
  const at = ref<string | null>(null)
  const chosen = ref(new Set<string>())
  /** Chosen when the list was left, until its rows are there again. */
  let chosenBefore: ReadonlySet<string> | null = null
  const left = useLeftPlaces(
    () => JSON.stringify(query.value),
    () => ({ at: at.value, chosen: chosenBefore ?? chosen.value }),
    (before) => {
      // What is out of sight is not chosen.
      chooseAll(false)
      chosenBefore = before?.chosen ?? null
      at.value = before?.at ?? at.value
    },
  )
  at.value = open.value ?? left?.at ?? lastAt
  chosenBefore = left?.chosen ?? null
  const opens = useFollowOpen(open, at)
  const place = usePlace(ids, at, query, areOfBefore)
  /** From here a range is chosen. */
  let anchor: string | null = null
  const helps = ref(false)
  /** Whether nothing comes before or after the row somebody stands on. */
  const ends = computed(() => ({ first: !isBeside(-1), last: !isBeside(1) }))
  let steppedAt = 0
  let resting: ReturnType<typeof setTimeout> | undefined
  onBeforeUnmount(() => clearTimeout(resting))
  watch(
    [items, areOfBefore],
    ([now, areOld]) => {
      if (areOld) return
      chosen.value = stillListed(chosenBefore ? new Set(chosenBefore) : chosen.value, now)
      if (now.length > 0) chosenBefore = null
    },
    { immediate: true },
  )
  watch(at, (now) => (lastAt = now), { immediate: true })

  function openRow(id: string): void {
    clearTimeout(resting)
    at.value = id
    // A telephone has no room beside the list.
    if (matchMedia('(max-width: 900px)').matches) {
      void router.push({ name: 'obligation', params: { id }, query: route.query })
      return
    }
    const query = { ...route.query, open: id }
    // Back closes what was opened, however many were read beside the list.
    const going = open.value === null ? router.push({ query }) : router.replace({ query })
    void opens(id, going).then(stayThere)
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

  function isBeside(by: 1 | -1): boolean {
    return neighbourOf(ids.value, { ...place(), id: at.value ?? open.value }, by) !== undefined
  }

  function openAtRest(id: string): void {
    const now = performance.now()
    clearTimeout(resting)
    if (now - steppedAt > REST_MS) openRow(id)
    else resting = setTimeout(() => openRow(id), REST_MS)
    steppedAt = now
  }

  let isClosing = false
  /** The same as Back where the list is behind it: the item is no step of its own then. */
  function close(): void {
    if (open.value === null || isClosing) return
    clearTimeout(resting)
    const { open: _open, ...rest } = route.query
    const { back } = history.state as { back?: string | null }
    isClosing = true
    if (back === router.resolve({ query: rest }).fullPath) router.back()
    else void router.replace({ query: rest })
  }

  watch([open, query], ([now, asked], [before, askedBefore]) => {
    if (now !== null || before === null) return
    clearTimeout(resting)
    isClosing = false
    if (JSON.stringify(asked) === JSON.stringify(askedBefore)) void stayThere().then(goOn)
  })

  /** The list goes on where the item was open, or at what has its place now. */
  function goOn(): void {
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
      else if (open.value !== null) close()
      else chooseAll(false)
    },
  })
  return { at, open, chosen, helps, ends, openRow, close, choose, chooseAll, step }
}

/** What has left the list meanwhile is not acted on. */
export function stillListed(chosen: Set<string>, items: readonly { id: string }[]): Set<string> {
  const left = items.flatMap(({ id }) => (chosen.has(id) ? [id] : []))
  return left.length === chosen.size ? chosen : new Set(left)
}
