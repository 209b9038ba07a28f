import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { listWords, sendList, tellRefused } from '../../../src/bin/cli/list-file.ts'
import type { Service } from '../../../src/bin/cli/service.ts'

afterEach(() => void (process.exitCode = undefined))

const faults = Array.from({ length: 37 }, (_, i) => ({
  ...{ row: 3 + i * 270, column: '涉及镇', value: '', message: '不是本县的乡镇。' },
}))

test('each bad row is told with its row and column, and nothing of the file is registered', () => {
  const answer = { read: 10_000, good: 9_963, bad: 37, faults }
  const words = listWords(answer)
  expect(words[0]).toBe('读到 10000 行,没有问题的 9963 行,有问题的 37 行')
  expect(words.slice(1)).toHaveLength(37)
  expect(words[2]).toBe('  第 273 行 涉及镇:不是本县的乡镇。')
  expect(tellRefused(answer, false, {}).join()).toContain('什么也没有登记')
  expect(process.exitCode).toBe(1)
})

test('a check registers nothing and is no failure', () => {
  expect(tellRefused({ read: 1, good: 1, bad: 0, faults: [] }, false, { dryRun: true })).toEqual([
    '只检查了,什么也没有登记。',
  ])
  expect(process.exitCode).toBeUndefined()
})

test('more faults than a terminal shows are counted', () => {
  const many = Array.from({ length: 60 }, () => faults[0]!)
  expect(listWords({ read: 60, good: 0, bad: 60, faults: many }).at(-1)).toBe('  其余 10 处用 --json 查看')
})

test('a file that is not there, and a column that is not explained, are said before anything is sent', async () => {
  const call = vi.fn()
  const service = { call } as unknown as Service
  await expect(sendList(service, '/v1/roster/import', '/none/名册.csv', {})).rejects.toThrow('没有文件')
  const dir = mkdtempSync(join(tmpdir(), 'duban-list-'))
  const file = join(dir, '名册.csv')
  writeFileSync(file, 'x')
  await expect(sendList(service, '/v1/roster/import', file, { map: ['户主'] })).rejects.toThrow('列名=字段')
  expect(call).not.toHaveBeenCalled()
  rmSync(dir, { recursive: true })
})
