import { afterEach, beforeEach, expect, test } from 'vitest'
import { campaignCommand } from '../../../src/bin/commands/campaign.ts'
import { countyCommand } from '../../../src/bin/commands/county.ts'
import { rows } from '../../../src/db/pool.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { type OwnersMachine, ownersMachine } from '../../support/owner-command.ts'

let machine: OwnersMachine
beforeEach(async () => {
  machine = await ownersMachine({ DUBAN_MASTER_KEY: Buffer.alloc(32, 7).toString('hex') }, 'county')
  await setClock(machine.database.pool, { mode: 'stepped', businessAt: instantAt('2022-11-10', '10:00') })
})
afterEach(() => machine.leave())

const launch = (...args: string[]) => machine.run(campaignCommand(), ['launch', ...args])
const stored = (text: string) => rows(machine.database.pool, text)

test('a preview says how each past phase begins and whom the first round mails, and writes nothing', async () => {
  const said = await launch(
    '--dry-run',
    '--begin',
    'launch=late',
    '--begin',
    'screening=taken-over:2022-12-09',
  )
  expect(said).toContain('启动部署、开展“回头望”(launch):2022-05-31 到期,已过期 → 照实逾期')
  expect(said).toContain('2022-12-09 到期,已过期 → 接办,另定日期(原定 2022-06-15)')
  expect(said).toContain('已过期 → 启用前已办结(据 本机管理员 说明)')
  expect(said).toMatch(/第一批邮件 2022-11-11 08:30.*\d+ 人:/)
  expect(said).toMatch(/毛坝镇 示例·毛坝民政办经办:\d+ 行,\d+ 件/)
  expect(await stored('select 1 from campaigns')).toEqual([])
})

test('a launch is in the trail, with the word on which each phase is done', async () => {
  expect(await launch('--begin', 'launch=done-before:示例·主任', '--word-of', '示例·局长')).toBe(
    '已启动 2022 年行动。',
  )
  expect(
    await stored(`select code, begun_as as "as", begun_word_of as word from phases order by ordinal`),
  ).toEqual([
    { code: 'launch', as: 'done-before', word: '示例·主任' },
    { code: 'screening', as: 'done-before', word: '示例·局长' },
    { code: 'verification', as: 'done-before', word: '示例·局长' },
    { code: 'zero-out', as: null, word: null },
  ])
  expect(
    await stored(`select actor, detail ->> 'year' as year, jsonb_array_length(detail -> 'begun') as begun
     from audit_events where action = 'campaign.launch'`),
  ).toEqual([{ actor: 'owner', year: '2022', begun: 3 }])
  await expect(launch()).rejects.toThrow('一个县一年只有一个')
})

test('nobody is no word', async () => {
  await expect(launch('--word-of', ' ')).rejects.toThrow('请写明是谁说的')
})

test.each([
  ['launch', /看不懂/],
  ['none=late', /看不懂.*launch、screening/],
  ['launch=taken-over', /看不懂/],
  ['launch=taken-over:2022-02-30', /看不懂/],
  ['launch=late:2022-12-01', /看不懂/],
  ['zero-out=late', /2022-12-15 才到期/],
  ['launch=taken-over:2022-01-01', /新的日期要在/],
])('--begin %s is refused', async (text, message) => {
  await expect(launch('--begin', text)).rejects.toThrow(message)
  expect(await stored('select 1 from campaigns')).toEqual([])
})

test('a county that was loaded prepares until its mail is opened, and opens once', async () => {
  const { pool } = machine.database
  await pool.query(`update counties set mail_state = 'preparing'`)
  expect(await launch('--dry-run')).toContain('准备中:邮件尚未开放')
  const open = () => machine.run(countyCommand(), ['open-mail'])
  expect(await open()).toContain('已开放紫阳县民政局的邮件')
  await expect(open()).rejects.toThrow('已经开放')
  expect(await stored(`select actor, county from audit_events where action = 'county.open-mail'`)).toEqual([
    { actor: 'owner', county: 'sn.ak.zy' },
  ])
  await expect(machine.run(countyCommand(), ['open-mail', '--county', 'sn.none'])).rejects.toThrow('--county')
})
