import { expect, test } from 'vitest'
import { answerImport } from '../../../src/bin/cli/answer-import.ts'
import type { Asked, MappedOutcome } from '../../../src/bin/cli/mapping-asked.ts'
import type { Service } from '../../../src/bin/cli/service.ts'

const mapping: Asked = {
  ...{ sheets: [], missing: [], words: [], choices: {}, mayLack: [] },
  columns: [
    { name: '人群类型', samples: ['其他'], field: 'group', confidence: 'likely' },
    { name: '说法', samples: ['甲'], field: 'detail', confidence: 'likely' },
  ],
}
const WAITS = {
  ...{ id: 'im_1', state: 'mapping-needed', kind: 'warnings', dryRun: true, columns: [], mapping },
} as unknown as MappedOutcome

test('a column that a file of the run had, and that seems the same, is not asked again', async () => {
  let sent: unknown
  const call = (_path: string, init?: RequestInit) => {
    sent = JSON.parse(String(init?.body))
    return Promise.resolve({ ...WAITS, state: 'validated', mapping: null })
  }
  const questions: string[] = []
  const said: string[] = []
  const terminal = {
    ask: (question: string) => Promise.resolve((questions.push(question), '')),
    say: (line: string) => void said.push(line),
    command: (args: string) => `duban ${args}`,
    ...{ asks: true, known: { 人群类型: 'group', 说法: 'name' } },
  }
  await answerImport({ call } as unknown as Service, WAITS, terminal)
  expect(sent).toEqual({ action: 'map', columns: { 人群类型: 'group', 说法: 'detail' }, words: {} })
  expect(said).toContain('列“人群类型”同前面的文件,是“重点人群类别”。')
  // Of a name that was something else before somebody is asked.
  expect(questions).toEqual([expect.stringContaining('列“说法”')])
})
