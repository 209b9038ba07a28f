import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { rehearseCommand } from '../../src/bin/commands/rehearse.ts'
import { readGivenWarnings } from '../../src/rehearsal/given-warnings.ts'
import { RehearsalRefused } from '../../src/rehearsal/rehearsal-refused.ts'

const SAMPLE = fileURLToPath(new URL('../../templates/sample-warnings-2022.csv', import.meta.url))
const HEADER = '预警编号,预警发布时间,预警等级'
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duban-given-'))
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => rm(dir, { recursive: true }))

async function fileWith(content: string | Buffer): Promise<string> {
  const path = join(dir, 'warnings.csv')
  await writeFile(path, content)
  return path
}

test('a file with warnings of the year is read', async () => {
  expect((await readGivenWarnings({ warningsFile: SAMPLE, year: 2022 })).length).toBeGreaterThan(10_000)
})

const REFUSED: [string, string | Buffer, RegExp][] = [
  ['is empty', '', /表头没有“预警编号”“预警发布时间”.*列名/],
  ['has a header of other words', 'id,issued\nA,2022-06-10\n', /表头没有“预警编号”“预警发布时间”.*列名/],
  ['has no column of the day', '预警编号,预警等级\nA,红色\n', /表头没有“预警发布时间”/],
  ['has a header alone', `${HEADER}\n`, /没有一条 2022 年发布的预警\(共 0 行\).*换文件/],
  ['is of another year', `${HEADER}\nA,2021-06-10,红色\n`, /没有一条 2022 年发布的预警\(共 1 行\).*--year/],
  ['has no day that can be read', `${HEADER}\nA,待定,红色\n`, /没有一条 2022 年发布的预警/],
  ['has rows without a number', `${HEADER}\n,2022-06-10,红色\n`, /没有一条 2022 年发布的预警/],
  ['is no text', Buffer.from([0x50, 0x4b, 0xff, 0xff, 0x00]), /既不是 UTF-8 也不是 GB18030.*导出 CSV/],
  ['is no CSV', `${HEADER}\nA,"2022-06-10" x,红色\n`, /不是 CSV.*导出 CSV/],
]

test.each(REFUSED)(
  'a file that %s is refused with a sentence that says what to do',
  async (_what, content, says) => {
    const refused = readGivenWarnings({ warningsFile: await fileWith(content), year: 2022 })
    await expect(refused).rejects.toThrow(RehearsalRefused)
    await expect(refused).rejects.toThrow(says)
  },
)

test('a file that is not there is refused', async () => {
  const refused = readGivenWarnings({ warningsFile: join(dir, 'nothing.csv'), year: 2022 })
  await expect(refused).rejects.toThrow(/读不到预警文件.*--warnings/)
})

test('the command refuses before it starts anything', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const args = ['--warnings', await fileWith('id,issued\nA,2022-06-10\n')]
  await expect(rehearseCommand().parseAsync(args, { from: 'user' })).rejects.toThrow(RehearsalRefused)
  expect(printed).not.toHaveBeenCalled()
})
