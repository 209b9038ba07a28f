import { afterEach, expect, test, vi } from 'vitest'
import { askChanges } from '../../../src/bin/cli/ask-changes.ts'
import type { Service } from '../../../src/bin/cli/service.ts'
import type { ShownChange } from '../../../src/bin/cli/shown-change.ts'

const command = (args: string) => `duban ${args}`
afterEach(() => vi.restoreAllMocks())

const change = (row: number, happens = 'asked'): ShownChange => ({
  ...{ row, externalId: `FX${row}`, state: 'open', due: null },
  fields: [{ label: '乡镇', before: '焕古镇', after: '毛坝镇', happens }],
})

async function asked(changes: ShownChange[], answers: string[]) {
  const sent: unknown[] = []
  let told = ''
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (told += `${line}\n`))
  const call = (path: string, init?: RequestInit) => {
    if (init) sent.push(JSON.parse(String(init.body)))
    return Promise.resolve(
      path.endsWith('/actions') ? { decided: 1, refused: [] } : { items: [], problem: null },
    )
  }
  const questions: string[] = []
  const ask = (question: string) => {
    questions.push(question)
    return Promise.resolve(answers.shift() ?? '')
  }
  await askChanges({ call } as unknown as Service, 'im_1', changes, { ask, command })
  return { sent, told, questions }
}

test('what waits for a word is asked row by row, and done as it is answered', async () => {
  const { sent, told, questions } = await asked(
    [change(3), change(4), change(5), change(6, 'applied')],
    ['1', '2', '3'],
  )
  expect(questions).toHaveLength(3)
  expect(questions[0]?.split('\n')).toEqual([
    '第 3 行 FX3 乡镇:焕古镇 → 毛坝镇(要先确认)。采用吗?',
    '  1 采用文件里的',
    '  2 不采用,保留台账的(同样的内容以后不再提出)',
    '  3 以后再定',
    '写序号:',
  ])
  expect(sent).toEqual([
    { action: 'apply', rows: [3] },
    { action: 'dismiss', rows: [4] },
  ])
  expect(told).toBe('已采用 1 行。\n不采用 1 行。\n等待确认 1 行,以后再定:duban import --changes im_1\n')
})

test('many are one question', async () => {
  const { sent, questions } = await asked(
    [2, 3, 4, 5, 6, 7].map((row) => change(row)),
    ['1'],
  )
  expect(questions).toHaveLength(1)
  expect(questions[0]).toContain('要先确认的 6 行(逐行看:duban import --changes im_1)。采用吗?')
  expect(sent).toEqual([{ action: 'apply', rows: [2, 3, 4, 5, 6, 7] }])
})

test('what is closed is not asked: it is to be reopened first', async () => {
  expect((await asked([change(3, 'refused')], [])).questions).toEqual([])
})
