import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userCommand } from '../../../src/bin/commands/user.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { linkHolder } from '../../../src/services/access/login-links.ts'
import { row, rows } from '../../../src/db/pool.ts'
import { createSession } from '../../../src/services/access/sessions.ts'
import { setPassword } from '../../../src/services/access/credentials.ts'
import { hashToken } from '../../../src/services/access/tokens.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { type OwnersMachine, ownersMachine } from '../../support/owner-command.ts'
import { givenWarning } from '../../support/warnings.ts'
import { nameHolder } from '../../support/holders.ts'

const TOWN = ['--office', 'sn.ak.zy.maoba', '--role', 'town-officer']
const OFFICER = 'officer@maoba.ziyang.test'
let machine: OwnersMachine
let database: OwnersMachine['database']
let dir: string

beforeEach(async () => {
  machine = await ownersMachine(
    {
      DUBAN_MASTER_KEY: Buffer.alloc(32, 7).toString('hex'),
      DASHBOARD_URL: 'https://duban.ziyang.test/',
    },
    'county',
  )
  ;({ database, dir } = machine)
  const now = instantAt('2022-06-06', '09:00')
  await setClock(database.pool, { mode: 'stepped', businessAt: now })
})
afterEach(() => machine.leave())

const duban = (...args: string[]) => machine.run(userCommand(), args)
const json = async (...args: string[]) =>
  JSON.parse(await duban(...args, '--json')) as Record<string, unknown>
const tokenIn = (text: string) =>
  /https:\/\/duban\.ziyang\.test\/app\/set-password#token=([\w-]{43})/.exec(text)?.[1] ?? ''
const holderOf = (text: string) => linkHolder(database.pool, hashToken(tokenIn(text)), Date.now())
const person = (email: string) =>
  row<{ id: string; active: boolean }>(database.pool, 'select id, active from people where email = $1', [
    email,
  ])
const trail = () =>
  rows<{ action: string; subject: string; county: string; detail: object }>(
    database.pool,
    "select action, subject, county, detail from audit_events where actor = 'owner' order by id",
  )

describe('add', () => {
  test('makes an account with a role, and prints a link that sets its first password', async () => {
    const text = await duban(
      'add',
      'new@maoba.ziyang.test',
      '--name',
      ' 新人甲 ',
      ...TOWN,
      '--until',
      '2022-12-31',
    )
    const made = await person('new@maoba.ziyang.test')
    expect(await holderOf(text)).toBe(made?.id)
    expect(text).toMatch(/新建 新人甲。[\s\S]*只能用一次/)
    expect(await trail()).toEqual([
      {
        ...{ action: 'user.add', subject: made?.id, county: 'sn.ak.zy' },
        detail: { office: 'sn.ak.zy.maoba', role: 'town-officer' },
      },
    ])
    // The trail never holds the link, nor who it is by name.
    expect(JSON.stringify(await trail())).not.toMatch(/新人甲|token/)
  })

  test.each([
    [
      'an address twice, whatever its case',
      ['OFFICER@maoba.ziyang.test', '--name', '甲', ...TOWN],
      '已经登记过',
    ],
    ['two addresses in one', ['a@maoba.test,b@maoba.test', '--name', '甲', ...TOWN], '邮箱'],
    ['no name', ['a@maoba.test', '--name', ' ', ...TOWN], '姓名'],
    [
      'an office that is not there',
      ['a@maoba.test', '--name', '甲', '--office', 'sn.x', '--role', 'town-officer'],
      '没有单位 sn.x',
    ],
    [
      'a role that is none',
      ['a@maoba.test', '--name', '甲', '--office', 'sn.ak.zy', '--role', 'toString'],
      '没有角色',
    ],
    [
      'a town officer of the whole county',
      ['a@maoba.test', '--name', '甲', '--office', 'sn.ak.zy', '--role', 'town-officer'],
      '要设在镇、村(社区),紫阳县民政局 是',
    ],
    [
      'a day that does not exist',
      ['a@maoba.test', '--name', '甲', ...TOWN, '--until', '2022-02-30'],
      'YYYY-MM-DD',
    ],
  ])('refuses %s, and leaves nothing behind', async (_what, args, why) => {
    const before = await row(database.pool, 'select count(*) as n from people')
    await expect(duban('add', ...args)).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringContaining(why),
    })
    expect(await row(database.pool, 'select count(*) as n from people')).toEqual(before)
    expect(await trail()).toEqual([])
  })

  test("says when the pages' address is unknown; the running service knows its own", async () => {
    vi.stubEnv('DASHBOARD_URL', '')
    const add = () => duban('add', 'new@maoba.ziyang.test', '--name', '甲', ...TOWN)
    await expect(add()).rejects.toMatchObject({ message: expect.stringContaining('DASHBOARD_URL') })
    expect(await person('new@maoba.ziyang.test')).toBeUndefined()
    await writeFile(join(dir, 'runtime.json'), JSON.stringify({ url: 'http://127.0.0.1:8731' }))
    expect(await add()).toContain('http://127.0.0.1:8731/app/set-password#token=')
  })
})

describe('role', () => {
  test('is granted for a time, and taken again', async () => {
    const who = 'head@maoba.ziyang.test'
    await duban('role', 'grant', who, ...TOWN, '--from', '2022-06-01', '--until', '2022-07-31')
    expect(await duban('list')).toMatch(
      /head@maoba\.ziyang\.test .*sn\.ak\.zy\.maoba 镇经办人\(至 2022-07-31\)/,
    )
    await duban('role', 'take', who, ...TOWN)
    expect(await duban('list')).not.toMatch(/head@maoba\.ziyang\.test .*镇经办人/)
    await expect(duban('role', 'take', who, ...TOWN)).rejects.toMatchObject({ name: 'CliError' })
    expect((await trail()).map((e) => e.action)).toEqual(['user.role.grant', 'user.role.take'])
  })

  test('taken as the last one in an office gives the assignments back to the office', async () => {
    await holding(OFFICER)
    await duban('role', 'grant', OFFICER, '--office', 'sn.ak.zy.maoba', '--role', 'town-head')
    expect(await json('role', 'take', OFFICER, ...TOWN)).toEqual({ done: true, handed: 0 })
    const last = ['--office', 'sn.ak.zy.maoba', '--role', 'town-head']
    expect(await json('role', 'take', OFFICER, ...last)).toEqual({ done: true, handed: 1 })
    expect(await row(database.pool, 'select 1 from assignments where person is not null')).toBeUndefined()
  })
})

describe('disable', () => {
  test('ends sessions and links, gives assignments back, and pokes their deadlines', async () => {
    const { id } = await holding(OFFICER)
    const link = await duban('reset', OFFICER)
    const tokenHash = hashToken('a-token')
    const session = {
      person: id,
      via: 'password' as const,
      address: null,
      agent: null,
      secondFactor: false,
      tokenHash,
    }
    await createSession(database.pool, session, Date.now())
    await database.pool.query('delete from pokes')
    expect(await json('disable', OFFICER)).toEqual({ done: true, email: OFFICER, handed: 1 })
    expect(await person(OFFICER)).toMatchObject({ active: false })
    expect(await row(database.pool, 'select 1 from sessions')).toBeUndefined()
    expect(await holderOf(link)).toBeNull()
    const [held] = await rows<{ person: string | null; deadline: string }>(
      database.pool,
      'select person, deadline from assignments',
    )
    expect(held?.person).toBeNull()
    const pokes = await rows<{ kind: string; subject: string }>(
      database.pool,
      'select kind, subject from pokes order by id',
    )
    expect(pokes).toContainEqual({ kind: 'deadline', subject: held?.deadline })
    expect(pokes).toContainEqual({ kind: 'courier', subject: 'sn.ak.zy' })
    expect((await trail()).at(-1)).toMatchObject({
      action: 'user.disable',
      subject: id,
      detail: { handed: 1 },
    })
  })

  test('takes several at once, and a mistyped one leaves those before it disabled', async () => {
    await expect(duban('disable', OFFICER, 'nobody@x.test')).rejects.toMatchObject({
      message: expect.stringContaining('nobody@x.test'),
    })
    expect(machine.said()).toContain(`已停用 ${OFFICER}`)
    await expect(duban('disable', OFFICER)).rejects.toMatchObject({ message: `${OFFICER} 已经停用。` })
  })

  test('is reversed by enable, and until then no link is given', async () => {
    await duban('disable', OFFICER)
    await expect(duban('reset', OFFICER)).rejects.toMatchObject({
      message: expect.stringContaining('user enable'),
    })
    await duban('enable', OFFICER)
    expect(await person(OFFICER)).toMatchObject({ active: true })
    expect(await holderOf(await duban('reset', OFFICER))).toBe((await person(OFFICER))?.id)
  })
})

describe('an absence', () => {
  const HEAD = 'head@maoba.ziyang.test'
  const entered = () =>
    row(
      database.pool,
      `select p.absent_from as from, p.absent_until as until, s.email as substitute
         from people p left join people s on s.id = p.substitute where p.email = $1`,
      [OFFICER],
    )

  test('is entered with its substitute, listed, and ended; the trail has both', async () => {
    const text = await duban(
      'absent',
      OFFICER,
      '--from',
      '2022-06-10',
      '--until',
      '2022-06-20',
      '--substitute',
      HEAD,
    )
    expect(text).toMatch(/从 2022-06-10 起离岗,到 2022-06-20 为止,由 head@maoba\.ziyang\.test 代理/)
    expect(await entered()).toEqual({ from: '2022-06-10', until: '2022-06-20', substitute: HEAD })
    expect(await duban('list')).toMatch(/officer@maoba\.ziyang\.test .*\[.*离岗 2022-06-10 至 2022-06-20\]/)
    expect(await duban('back', OFFICER)).toMatch('已返岗')
    expect(await entered()).toEqual({ from: null, until: null, substitute: null })
    const head = await person(HEAD)
    expect((await trail()).map((e) => [e.action, e.detail])).toEqual([
      ['user.absent', { from: '2022-06-10', until: '2022-06-20', substitute: head?.id }],
      ['user.back', {}],
    ])
  })

  test('begins today and goes on until they are back, by default', async () => {
    expect(await json('absent', OFFICER)).toMatchObject({ from: '2022-06-06', until: null, substitute: null })
    expect(await entered()).toEqual({ from: '2022-06-06', until: null, substitute: null })
  })

  test.each([
    ['nobody', ['absent', 'nobody@maoba.test'], 'user list'],
    ['an unknown substitute', ['absent', OFFICER, '--substitute', 'nobody@maoba.test'], 'user list'],
    ['oneself as substitute', ['absent', OFFICER, '--substitute', OFFICER], '--substitute:自己不能代理自己'],
    [
      'an end before its beginning',
      ['absent', OFFICER, '--from', '2022-06-10', '--until', '2022-06-09'],
      '--until:结束日期 2022-06-09 早于',
    ],
    ['a time that is over', ['absent', OFFICER, '--from', '2022-06-01', '--until', '2022-06-05'], '已经过去'],
    ['a day that does not exist', ['absent', OFFICER, '--until', '2022-06-31'], 'YYYY-MM-DD'],
    ['a return of who was not away', ['back', OFFICER], '没有登记离岗'],
    [
      'a role that ends before it begins',
      ['role', 'grant', OFFICER, ...TOWN, '--from', '2022-06-10', '--until', '2022-06-09'],
      '早于',
    ],
  ])('of %s is refused, and nothing changes', async (_what, args, why) => {
    await expect(duban(...args)).rejects.toMatchObject({ message: expect.stringContaining(why) })
    expect(await entered()).toEqual({ from: null, until: null, substitute: null })
    expect(await trail()).toEqual([])
  })

  test('takes no substitute of another county', async () => {
    await database.pool.query(
      `insert into offices (code, parent, kind, name) values ('sn.ak.qx', 'sn.ak', 'county-bureau', '邻县'), ('sn.ak.qx.yi', 'sn.ak.qx', 'town', '邻县甲镇')`,
    )
    await database.pool.query(`insert into counties select 'sn.ak.qx', hours, contact from counties`)
    await duban('add', 'far@qx.test', '--name', '邻县甲', '--office', 'sn.ak.qx.yi', '--role', 'town-officer')
    await expect(duban('absent', OFFICER, '--substitute', 'far@qx.test')).rejects.toMatchObject({
      message: expect.stringContaining('本县'),
    })
  })
})

describe('contact', () => {
  const stored = () =>
    row(
      database.pool,
      'select name, email, phone, quiet_days as days from people where id = (select subject from audit_events order by id desc limit 1)',
    )

  test('changes how somebody is called and reached; the trail names the fields alone', async () => {
    const link = await duban('reset', OFFICER)
    const given = ['--phone', '000-00000199', '--quiet', '周三,周五', '--name', ' 改名甲 ']
    const moved = 'moved@maoba.ziyang.test'
    expect(await json('contact', OFFICER, ...given, '--new-email', moved)).toEqual({
      ...{ done: true, email: moved },
      fields: ['name', 'email', 'phone', 'quietDays'],
    })
    expect(await stored()).toEqual({ name: '改名甲', email: moved, phone: '000-00000199', days: [3, 5] })
    expect((await trail()).at(-1)).toMatchObject({
      ...{ action: 'user.contact', county: 'sn.ak.zy' },
      detail: { fields: ['name', 'email', 'phone', 'quietDays'] },
    })
    // It went to the mailbox that is theirs no more.
    expect(await holderOf(link)).toBeNull()
    expect(await duban('list')).toMatch(/^moved@.* 000-00000199 .*免打扰 周三、周五/m)
  })

  test('leaves what is not named, and takes away what is named 无', async () => {
    await duban('contact', OFFICER, '--quiet', '周日 周一')
    expect(await stored()).toMatchObject({ email: OFFICER, phone: expect.any(String), days: [0, 1] })
    const link = await duban('reset', OFFICER)
    await duban('contact', OFFICER, '--quiet', '无', '--phone', '无')
    expect(await stored()).toMatchObject({ email: OFFICER, phone: null, days: [] })
    expect(await holderOf(link)).not.toBeNull()
  })

  test.each([
    ['nothing', [], '请写明要改什么'],
    [
      'an address of somebody else',
      ['--new-email', 'HEAD@maoba.ziyang.test'],
      '邮箱 HEAD@maoba.ziyang.test 已经登记',
    ],
    ['no address', ['--new-email', 'officer'], '邮箱'],
    ['no name', ['--name', ' '], '姓名'],
    ['a telephone that is none', ['--phone', '打给我'], '电话写成'],
    ['an identity number as telephone', ['--phone', '619999199001010011'], '3 到 13 位'],
    ['a word that is no weekday', ['--quiet', '周三,明天'], '免打扰日写成'],
    ['every working day', ['--quiet', '周一,周二,周三,周四,周五'], '最多选其中四天'],
    ['what is so already', ['--new-email', OFFICER], '没有要改的内容'],
  ])('of %s is refused, and nothing changes', async (_what, args, why) => {
    const people = () => rows(database.pool, 'select * from people order by id')
    const before = await people()
    await expect(duban('contact', OFFICER, ...args)).rejects.toMatchObject({
      ...{ name: 'CliError', message: expect.stringContaining(why) },
    })
    expect(await people()).toEqual(before)
    expect(await trail()).toEqual([])
  })
})

test('reset removes a lost second factor when asked, and ends what it had opened', async () => {
  const { id } = (await person(OFFICER))!
  await setPassword(database.pool, id, 'a hash', Date.now())
  const factor = () =>
    row(
      database.pool,
      'select totp_confirmed_wall is not null as on, password_hash as hash from credentials where person = $1',
      [id],
    )
  await database.pool.query(
    "update credentials set totp_encrypted = 'x', totp_key_id = 'k', totp_confirmed_wall = now()",
  )
  expect(await duban('list')).toMatch(/officer@maoba\.ziyang\.test .*\[两步验证\]/)
  await duban('reset', OFFICER)
  expect(await factor()).toEqual({ on: true, hash: 'a hash' })
  await duban('reset', OFFICER, '--second-factor')
  expect(await factor()).toEqual({ on: false, hash: 'a hash' })
  expect((await trail()).map((e) => e.detail)).toEqual([{ secondFactor: false }, { secondFactor: true }])
})

/** Somebody whom one open obligation names. */
async function holding(email: string): Promise<{ id: string }> {
  await givenWarning(database.pool, { id: 'YJ1', level: 'orange' })
  const { id } = (await person(email))!
  await nameHolder(database.pool, id)
  return { id }
}
