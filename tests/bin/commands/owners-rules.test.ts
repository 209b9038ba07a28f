import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { officeCommand } from '../../../src/bin/commands/office.ts'
import { policyCommand } from '../../../src/bin/commands/policy.ts'
import { row, rows } from '../../../src/db/pool.ts'
import { COUNTY } from '../../support/county.ts'
import { type OwnersMachine, ownersMachine } from '../../support/owner-command.ts'
import { givenWarnings } from '../../support/warnings.ts'

/** What the owner of the machine does to the rules of a county and to the work of a whole office. */
let machine: OwnersMachine
beforeAll(async () => {
  machine = await ownersMachine({ DUBAN_MASTER_KEY: Buffer.alloc(32, 7).toString('hex') }, 'county')
})
afterEach(() => void vi.mocked(console.log).mockClear())
afterAll(() => machine.leave())

const policy = (...args: string[]) => machine.run(policyCommand(), args)
const office = (...args: string[]) => machine.run(officeCommand(), args)
const inTrail = (action: string) =>
  row(
    machine.database.pool,
    'select actor, outcome, detail from audit_events where action = $1 order by id desc',
    [action],
  )

test('a version of the rules is exported, checked, published, compared and gone back on', async () => {
  const file = join(machine.dir, 'rules.yaml')
  await policy('export', '1', '--out', file)
  const text = await readFile(file, 'utf8')
  const changed = join(machine.dir, 'changed.yaml')
  const other = text.replace(/^(\s*workingDays: )3$/m, '$15')
  expect(other).not.toBe(text)
  await writeFile(changed, other)

  await policy('check', changed)
  expect(machine.said()).toContain('在办事项如果都改按它:')
  expect(await row(machine.database.pool, 'select count(*)::int as n from policies')).toEqual({ n: 1 })

  await policy('publish', changed, '--reason', '县政府会议纪要')
  expect(machine.said()).toContain('已发布第 2 版;在办事项照旧,要改按它,用 policy rebase 2。')
  expect(await inTrail('policy.issue')).toMatchObject({
    actor: 'owner',
    outcome: 'done',
    detail: { version: 2 },
  })

  await policy('compare', '1', '2')
  expect(machine.said()).toMatch(/3 个工作日.*5 个工作日/)
  await policy('restore', '1', '--reason', '会议没有通过')
  await policy('list')
  expect(machine.said()).toContain('第 3 版(现行)')
  expect(machine.said()).toContain('会议没有通过')
})

test('open work is rebased after a dry run that writes nothing', async () => {
  const versions = () =>
    rows(
      machine.database.pool,
      `select distinct d.policy from assignments a join deadlines d on d.id = a.deadline where a.ended_at is null`,
    )
  await givenWarnings(machine.database.pool, [{ id: 'GZ-1', level: 'red' }])
  const before = await versions()
  await policy('rebase', '2')
  expect(machine.said()).toContain('只是试算,什么也没有写入')
  expect(await versions()).toEqual(before)
  await policy('rebase', '2', '--apply')
  expect(machine.said()).toContain('已改按新规则:')
  expect(await inTrail('policy.rebase')).toMatchObject({ detail: { version: 2 } })
})

test.each<[string[], RegExp]>([
  [['export', '9'], /没有第 9 版;现有 /],
  [['publish', 'none.yaml', '--reason', 'x'], /没有文件 none.yaml/],
  [['restore', '1', '--reason', 'x', '--valid-from', '明天'], /日期写成 2027-02-05 这样,收到 明天。/],
])('policy %j is refused in a sentence', async (args, message) => {
  await expect(policy(...args)).rejects.toThrow(message)
})

test('a file that is no policy is refused with its line', async () => {
  const file = join(machine.dir, 'wrong.yaml')
  await writeFile(file, 'rules: [\n')
  await expect(policy('check', file)).rejects.toThrow(/规则不能用:\n.*wrong\.yaml/)
})

const FROM = `${COUNTY}.donghe`
const TO = `${COUNTY}.maoba`

test("a town's work is handed on as a whole with the count that was seen, and not with another", async () => {
  const { pool } = machine.database
  const ids = await givenWarnings(
    pool,
    [1, 2].map((n) => ({ id: `YJ-${n}`, level: 'orange', office: FROM })),
  )
  const offices = async () =>
    (await rows<{ office: string }>(pool, 'select office from obligations where id = any($1)', [ids])).map(
      (one) => one.office,
    )
  await office('hand-on', '--from', FROM, '--to', TO, '--dry-run')
  expect(machine.said()).toMatch(/的 2 件事项移交给[^]*YJ-1/)
  expect(machine.said()).toContain('--expect 2')
  await expect(office('hand-on', '--from', FROM, '--to', TO)).rejects.toThrow('请先加上 --dry-run 试算')
  await expect(office('hand-on', '--from', FROM, '--to', TO, '--expect', '3')).rejects.toThrow(
    '已变为 2 件,与 --expect 3 不同,没有改动',
  )
  expect(await offices()).toEqual([FROM, FROM])
  await office('hand-on', '--from', FROM, '--to', TO, '--expect', '2')
  expect(machine.said()).toMatch(/已把.*的 2 件事项移交给/)
  expect(await offices()).toEqual([TO, TO])
  expect(await inTrail('office.hand-on')).toMatchObject({ actor: 'owner', detail: { to: TO, count: 2 } })
})

test('work is not handed on to where it is, nor to an office that is not there', async () => {
  for (const to of [FROM, `${COUNTY}.none`])
    await expect(office('hand-on', '--from', FROM, '--to', to, '--dry-run')).rejects.toThrow(/。$/)
})
