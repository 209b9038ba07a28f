import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countyCommand } from '../../../src/bin/commands/county.ts'
import { rows } from '../../../src/db/pool.ts'
import { type OwnersMachine, ownersMachine } from '../../support/owner-command.ts'

const BUREAU = { code: 'xx.yy', parent: 'xx', kind: 'county-bureau', name: '某县民政局' }
const PROVINCE = { code: 'xx', parent: null, kind: 'province', name: '某省' }
const TOWN = { code: 'xx.yy.jia', parent: 'xx.yy', kind: 'town', name: '甲镇' }
let machine: OwnersMachine

beforeEach(async () => {
  machine = await ownersMachine({ DUBAN_MASTER_KEY: Buffer.alloc(32, 7).toString('hex') })
})
afterEach(() => machine.leave())

async function load(content: unknown, ...more: string[]): Promise<void> {
  const file = join(machine.dir, 'offices.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  await machine.run(countyCommand(), ['load', file, ...more])
}

test('offices and a policy are stored, and a second time changes nothing', async () => {
  for (let n = 0; n < 2; n++) await load({ offices: [PROVINCE, BUREAU, TOWN] })
  const found = await rows(
    machine.database.pool,
    'select office, version from policies join counties on office = county',
  )
  expect(found).toEqual([{ office: 'xx.yy', version: 1 }])
  expect(await rows(machine.database.pool, 'select code from offices order by code')).toHaveLength(3)
  expect(machine.said()).toContain('已写入 3 个单位')
  // Nothing leaves before somebody has looked; and who has opened the mail does not close it by loading again.
  const state = () => rows(machine.database.pool, 'select mail_state as state from counties')
  expect(await state()).toEqual([{ state: 'preparing' }])
  await machine.database.pool.query(`update counties set mail_state = 'open'`)
  await load({ offices: [PROVINCE, BUREAU, TOWN] })
  expect(await state()).toEqual([{ state: 'open' }])
})

const SOMEBODY = { office: 'xx.yy', role: 'auditor', name: '某审计', email: 'a@b.example' }

test('people bring a telephone and quiet days, or none', async () => {
  const reached = { ...SOMEBODY, phone: '000-00000101', quietDays: [3, 5] }
  await load({ offices: [PROVINCE, BUREAU], people: [reached, { ...SOMEBODY, email: 'c@d.example' }] })
  const stored = 'select email, phone, quiet_days as days from people order by email'
  expect(await rows(machine.database.pool, stored)).toEqual([
    { email: 'a@b.example', phone: '000-00000101', days: [3, 5] },
    { email: 'c@d.example', phone: null, days: [] },
  ])
})

test('whose address was changed is the same person, whichever address the file names', async () => {
  await load({ offices: [PROVINCE, BUREAU], people: [SOMEBODY] })
  await machine.database.pool.query(`update people set email = 'new@b.example'`)
  for (const email of ['a@b.example', 'new@b.example'])
    await load({ offices: [PROVINCE, BUREAU], people: [{ ...SOMEBODY, email }] })
  expect(
    await rows(machine.database.pool, 'select email from people join person_roles on person = id'),
  ).toEqual([{ email: 'new@b.example' }])
})

test.each([
  ['no JSON', '{', /不能用/],
  ['an office of an unknown kind', { offices: [{ ...BUREAU, kind: 'ministry' }] }, /offices\.0\.kind/],
  ['a parent that is not there', { offices: [BUREAU] }, /xx\.yy:上级 xx/],
  ['a code that is none', { offices: [{ ...TOWN, code: '甲镇' }] }, /单位代码/],
  ['no bureau', { offices: [PROVINCE] }, /没有县民政局/],
  [
    'a telephone that is none',
    { offices: [PROVINCE, BUREAU], people: [{ ...SOMEBODY, phone: '打给我' }] },
    /people\.0\.phone:电话写成/,
  ],
  [
    'quiet days that leave none',
    { offices: [PROVINCE, BUREAU], people: [{ ...SOMEBODY, quietDays: [1, 2, 3, 4, 5] }] },
    /people\.0\.quietDays:免打扰日不能包括/,
  ],
  [
    'somebody of no office',
    {
      offices: [PROVINCE, BUREAU],
      people: [{ office: 'xx.zz', role: 'auditor', name: '某', email: 'a@b.example' }],
    },
    /a@b\.example:没有单位 xx\.zz/,
  ],
])('%s: the file is refused with its faults, and nothing is written', async (_what, content, message) => {
  await expect(load(content)).rejects.toThrow(message)
  expect(await rows(machine.database.pool, 'select 1 from offices')).toEqual([])
})
