import { describe, expect, it, test } from 'vitest'
import { answerWords, bodyOf, progressWords, runWords } from '../../../src/bin/cli/bulk-words.ts'
import type { BulkRunBody } from '../../../src/contract/api/bulk-actions.ts'

const RUN: BulkRunBody = {
  ...{
    id: 'br_1',
    action: 'acknowledge',
    state: 'done',
    total: 40,
    left: 0,
    done: 37,
    refused: 2,
    skipped: 1,
  },
  ...{ undone: 0, kept: 0, filter: null, seenCount: null, askedAt: '', endedAt: '', problem: null },
  undoUntil: '2022-06-06T01:10:00Z',
  whyNot: [{ state: 'refused', refused: 'x', message: '已经签收过。', count: 2, ids: ['ob_1', 'ob_2'] }],
  labels: { action: '签收' },
}

describe('what many are chosen by', () => {
  it('is a body: flags and numbers are none of texts', () => {
    const choice = { filter: ['state=open', 'mine=true'], set: ['days=5', 'reason=要=补'] }
    expect(bodyOf('request-extension', [], choice)).toEqual({
      filter: { state: 'open', mine: true },
      action: { action: 'request-extension', days: 5, reason: '要=补' },
    })
  })

  test.each<[string[], { filter?: string[]; set?: string[] }, RegExp]>([
    [[], {}, /请写事项的编号/],
    [['ob_1'], { filter: ['state=open'] }, /两样只写一样/],
    [['ob_1'], { set: ['reason'] }, /--set 写成 名称=值 这样,收到 reason。/],
  ])('%j with %j is refused', (ids, choice, message) => {
    expect(() => bodyOf('cancel', ids, choice)).toThrow(message)
  })
})

describe('what is said of many', () => {
  it('tells a dry run by its sentences, and how to go on', () => {
    const items = [
      { id: 'ob_1', done: true },
      ...['ob_2', 'ob_3'].map((id) => ({ id, done: false, message: '不行。' })),
    ]
    expect(answerWords({ items, run: null }, 5).split('\n')).toEqual([
      '选中 5 件,试算了前 3 件:办得成 1 件,办不成 2 件',
      '  2 件:不行。(ob_2、ob_3)',
      '没有改动。按条件选的,要办理请去掉 --dry-run,加上 --expect 5',
    ])
  })

  it('tells what became of them, why some were not done, and how it is taken back', () => {
    expect(runWords({ items: [], run: RUN }, RUN).split('\n')).toEqual([
      '签收:办成 37 件,没有办成 3 件',
      '  2 件:已经签收过。(ob_1、ob_2)',
      '10 分钟内可以整批撤回:duban act-on --undo br_1',
    ])
    const undone: BulkRunBody = { ...RUN, state: 'undone', undone: 36, kept: 1, undoUntil: null, whyNot: [] }
    expect(runWords({ items: [], run: undone }, undone)).toBe('已撤回 36 件,没能撤回 1 件')
  })

  it('tells how far they are', () => {
    expect(progressWords({ ...RUN, state: 'running', left: 30 })).toBe('正在签收:10 件,共 40 件')
    expect(progressWords({ ...RUN, state: 'undoing', undone: 7 })).toBe('正在撤回:7 件,共 44 件')
  })
})
