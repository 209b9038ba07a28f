import { describe, expect, it, test } from 'vitest'
import { answerWords, bodyOf, isInVain, progressWords, runWords } from '../../../src/bin/cli/bulk-words.ts'
import { commandLineFor } from '../../../src/bin/cli/called-as.ts'
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
const BACK: Pick<BulkRunBody, 'state' | 'undoUntil' | 'whyNot'> = {
  ...{ state: 'undone', undoUntil: null, whyNot: [] },
}
const command = (args: string) => `duban ${args}`

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
    expect(runWords({ items: [], run: RUN }, RUN, command).split('\n')).toEqual([
      '签收:办成 37 件,没有办成 3 件',
      '  2 件:已经签收过。(ob_1、ob_2)',
      '10 分钟内可以整批撤回:duban act-on --undo br_1',
    ])
    const undone: BulkRunBody = { ...RUN, ...BACK, done: 0, undone: 36, kept: 1 }
    expect(runWords({ items: [], run: undone }, undone, command)).toBe('已撤回 36 件,没能撤回 1 件')
  })

  it('tells each refusal once, also of more than a sentence names, and what is not there beside them', () => {
    const message = '已经签收过,不必重复签收。'
    const ids = Array.from({ length: 30 }, (_, n) => `ob_${n + 1}`)
    const refused = ids.map((id) => ({ id, done: false, refused: 'already-acknowledged', message }))
    const whyNot = [{ ...RUN.whyNot[0]!, message, count: 30, ids: ids.slice(0, 20) }]
    const run: BulkRunBody = { ...RUN, total: 30, done: 0, refused: 30, skipped: 0, whyNot, undoUntil: null }
    const absent = { id: 'ob_x', done: false, refused: 'not-found', message: '没有这个事项。' }
    expect(runWords({ items: [...refused, absent], run }, run, command).split('\n')).toEqual([
      '签收:办成 0 件,没有办成 30 件',
      `  30 件:${message}(ob_1、ob_2、ob_3)`,
      '  1 件:没有这个事项。(ob_x)',
    ])
    expect([isInVain(run), isInVain(null), isInVain(RUN)]).toEqual([true, true, false])
  })

  it('tells how many a taking back that gave up has left, and why', () => {
    const cut: BulkRunBody = { ...RUN, ...BACK, done: 197, undone: 3, kept: 0, problem: 'timeout' }
    expect(runWords({ items: [], run: cut }, cut, command)).toBe(
      '已撤回 3 件,没能撤回 0 件,还有 197 件没有撤回。系统出错,没能继续(原因代码 timeout),请告诉系统管理员',
    )
  })

  it('names the service in the line that takes them back', () => {
    expect(commandLineFor('数据', 'https://duban.example')('act-on --undo br_1')).toMatch(
      / act-on --undo br_1 --data 数据 --url https:\/\/duban\.example$/,
    )
  })

  it('tells how far they are', () => {
    expect(progressWords({ ...RUN, state: 'running', left: 30 })).toBe('正在签收:10 件,共 40 件')
    expect(progressWords({ ...RUN, state: 'undoing', undone: 7 })).toBe('正在撤回:7 件,共 44 件')
  })
})
