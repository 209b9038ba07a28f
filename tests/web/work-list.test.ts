import { ref } from 'vue'
import { describe, expect, it, test, vi } from 'vitest'
import { Problem } from '../../web/src/api/problem.ts'
import { keyPerBody } from '../../web/src/api/send-key.ts'
import {
  type BulkRun,
  choiceOf,
  fitsOneRun,
  followRun,
  runToShow,
  settledOf,
} from '../../web/src/pages/obligations/bulk-run.ts'
import { asksSame, asksView } from '../../web/src/pages/obligations/same-question.ts'
import { useAll } from '../../web/src/pages/obligations/use-all.ts'
import type { ListQuery } from '../../web/src/pages/obligations/asked.ts'
import { unreadMark, type UnreadMark } from '../../web/src/pages/obligations/unread.ts'

const MINE = ['sn.ak.zy.maoba']
const item = (version: number, office: string | null) => ({
  id: 'ob_1',
  version,
  holder: office === null ? null : { office: { code: office } },
})

describe('the mark of what is unread', () => {
  test.each<[string, ReturnType<typeof item>, Record<string, number | null>, UnreadMark | null]>([
    ['of what is one’s turn and was never opened', item(1, 'sn.ak.zy.maoba'), { ob_1: null }, 'new'],
    ['of what others hold and was never opened', item(1, 'sn.ak.zy.donghe'), { ob_1: null }, null],
    ['of what nobody holds any more', item(4, null), { ob_1: null }, null],
    ['of what was not asked about yet', item(1, 'sn.ak.zy.maoba'), { ob_2: null }, null],
    ['of what was changed since', item(3, 'sn.ak.zy.donghe'), { ob_1: 2 }, 'changed'],
    ['of what was closed since', item(3, null), { ob_1: 2 }, 'changed'],
    ['of what was seen as it is', item(3, 'sn.ak.zy.maoba'), { ob_1: 3 }, null],
  ])('%s', (_what, of, seen, mark) => {
    expect(unreadMark(of, new Map(Object.entries(seen)), MINE)).toBe(mark)
  })

  it('waits until it is known what was seen', () => {
    expect(unreadMark(item(1, 'sn.ak.zy.maoba'), undefined, MINE)).toBeNull()
  })
})

describe('many at once', () => {
  const begun = { id: 'br_1', state: 'running', total: 40, left: 40 } as BulkRun
  const following = (answers: (BulkRun | Error)[]) => {
    const ask = vi.fn(() => {
      const next = answers.shift()
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? begun)
    })
    const told: string[] = []
    return {
      ask,
      told,
      tell: (run: BulkRun) => void told.push(`${run.state} ${run.left}`),
      pause: async () => {},
    }
  }

  it('are followed until nobody works on them, also over a lost answer', async () => {
    const { told, ...how } = following([
      { ...begun, left: 10 },
      new Error('away'),
      { ...begun, state: 'done', left: 0 },
    ])
    const over = await followRun(begun, { ...how, isLeft: () => false })
    expect([over.state, told]).toEqual(['done', ['running 40', 'running 10', 'running 10', 'done 0']])
  })

  it('are no longer asked about once the page is left', async () => {
    const { ask, ...how } = following([])
    await followRun(begun, { ...how, ask, isLeft: () => ask.mock.calls.length === 2 })
    expect(ask).toHaveBeenCalledTimes(2)
  })

  it('are no longer asked about by whoever is signed out', async () => {
    const { ask, ...how } = following([new Problem(503, {}), new Problem(401, { detail: '请登录。' })])
    await expect(followRun(begun, { ...how, ask, isLeft: () => false })).rejects.toThrow('请登录。')
    expect(ask).toHaveBeenCalledTimes(2)
  })

  it('are shown to whoever comes back, while they are worked on or can be taken back', () => {
    const over: BulkRun = { ...begun, state: 'done', undoUntil: null }
    const undoable: BulkRun = { ...over, undoUntil: '2022-06-06T01:10:00Z' }
    expect([begun, undoable, over].map((newest) => runToShow([newest, begun]))).toEqual([
      begun,
      undoable,
      null,
    ])
    expect(runToShow([])).toBeNull()
  })

  it('are chosen as a whole up to 10,000', () => {
    expect([undefined, 10_000, 10_001].map(fitsOneRun)).toEqual([false, true, false])
  })

  it('are sent under the same key while the same gets no answer, and under another one otherwise', () => {
    const key = keyPerBody()
    const first = key.keyOf({ ids: ['ob_1'] })
    key.answered(new Problem(0, {}))
    expect(key.keyOf({ ids: ['ob_1'] })).toBe(first)
    const second = key.keyOf({ ids: ['ob_2'] })
    expect(second).not.toBe(first)
    key.answered(new Problem(409, {}))
    const third = key.keyOf({ ids: ['ob_2'] })
    key.taken()
    expect(new Set([second, third, key.keyOf({ ids: ['ob_2'] })]).size).toBe(3)
  })

  it('are asked for by the filters of the list and the count that was seen, in the form of a body', () => {
    const query = { sort: 'office', standing: 'held', mine: 'true', overdue: 'false', office: 'sn' } as const
    expect(choiceOf({ query, count: 300 })).toEqual({
      filter: { standing: 'held', mine: true, overdue: false, office: 'sn' },
      expectedCount: 300,
    })
    expect(choiceOf({ ids: ['ob_1'] })).toEqual({ ids: ['ob_1'] })
  })

  it('are no longer all that the list would show once a row is unticked, or the list is another', () => {
    const ids = ref(['ob_1', 'ob_2'])
    const query = ref<ListQuery>({ standing: 'held' })
    const all = useAll(
      () => ids.value,
      () => query.value,
    )
    const after = (change: () => void) => {
      all.value = true
      change()
      return all.value
    }
    expect(after(() => (ids.value = ['ob_1', 'ob_2']))).toBe(true)
    expect(after(() => (ids.value = ['ob_1']))).toBe(false)
    expect(after(() => (ids.value = ['ob_2']))).toBe(false)
    expect(after(() => (query.value = { standing: 'overdue' }))).toBe(false)
  })

  it('tell how far they are, forwards and back', () => {
    expect(settledOf({ ...begun, left: 15 })).toEqual({ sent: 25, of: 40 })
    expect(settledOf({ ...begun, state: 'undoing', done: 30, undone: 8, kept: 2 })).toEqual({
      sent: 10,
      of: 40,
    })
  })
})

describe('a named list is the one that is open', () => {
  test.each([
    [{ standing: 'overdue', open: 'ob_1', sort: 'office' }, true],
    [{ standing: 'overdue', level: 'red' }, false],
    [{}, false],
  ])('with %j: %s', (address, same) => {
    expect(asksSame(address, { standing: 'overdue' })).toBe(same)
  })
})

test('a link that says twice whose turn it is shows the list that says it once', () => {
  const link = { standing: 'held', assignment: 'review', mine: 'true' }
  expect(asksSame(link, { standing: 'held', assignment: 'review' })).toBe(true)
  expect(asksSame(link, { standing: 'held' })).toBe(false)
  expect(asksSame({ standing: 'overdue', mine: 'true' }, { standing: 'overdue' })).toBe(false)
})

describe('a kept view is the one that is open', () => {
  type Question = Record<string, string>
  const view: Question = { standing: 'pressing', level: 'red', sort: 'holderDueAt' }
  test.each<[string, Question, Question, boolean]>([
    ['as it was when it was kept', { level: 'red', open: 'ob_1' }, view, true],
    ['as its own link has it', view, view, true],
    ['in another order', { level: 'red', sort: 'office' }, view, false],
    ['with another filter', { level: 'orange' }, view, false],
    ['kept with less than the page asks', { level: 'red' }, { level: 'red' }, true],
  ])('%s', (_what, address, query, same) => {
    expect(asksView(address, query)).toBe(same)
  })
})
