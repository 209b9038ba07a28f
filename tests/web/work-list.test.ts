import { describe, expect, it, test, vi } from 'vitest'
import { AT_ONCE, type BulkProgress, runBulk } from '../../web/src/pages/obligations/bulk-run.ts'
import { asksSame, asksView } from '../../web/src/pages/obligations/same-question.ts'
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
  const ids = Array.from({ length: AT_ONCE * 2 + 3 }, (_, i) => `ob_${i}`)
  const send = (part: readonly string[]) => Promise.resolve(part.map((id) => ({ id, done: true })))

  it('are sent a part at a time, each once, with what became of each', async () => {
    const told: BulkProgress[] = []
    const over = await runBulk(
      ids,
      send,
      (now) => told.push(now),
      () => false,
    )
    expect(told.map(({ sent }) => sent)).toEqual([0, AT_ONCE, AT_ONCE * 2, ids.length])
    expect(over.items.map(({ id }) => id)).toEqual(ids)
  })

  it('can be stopped between two parts; the rest is not sent', async () => {
    const sent = vi.fn(send)
    const over = await runBulk(
      ids,
      sent,
      () => undefined,
      () => sent.mock.calls.length === 1,
    )
    expect([over.sent, over.of]).toEqual([AT_ONCE, ids.length])
    expect(sent).toHaveBeenCalledTimes(1)
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
