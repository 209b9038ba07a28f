import { afterEach, expect, test } from 'vitest'
import { inTransaction, rows } from '../../src/db/pool.ts'
import { actIn } from '../../src/db/row-scope.ts'
import type { PhaseChoice } from '../../src/domain/obligation/begin-phase.ts'
import { beijingText, type Instant, instantAt } from '../../src/domain/time/days.ts'
import { previewLaunch } from '../../src/services/campaigns/preview.ts'
import { readCampaignTemplate } from '../../src/services/campaigns/template.ts'
import { parseDigestLines } from '../../src/mail/digest-lines.ts'
import { openMail } from '../../src/services/notifications/held-mail.ts'
import { COUNTY } from '../support/county.ts'
import { type Stack, startStack } from '../support/stack.ts'

/** A Thursday: the phases due on 31 May, 15 June and 30 September are past, the one due on 15 December is not. */
const START = instantAt('2022-11-10', '10:00')
const TOWNS = 2
let stack: Stack
afterEach(() => stack.stop())

/** Two of the seventeen towns, so that a year's work is soon played. */
async function startSmallCounty(start = START) {
  stack = await startStack({ start })
  for (const [table, office] of [
    ['person_roles', 'office'],
    ['offices', 'code'],
  ])
    await stack.pool.query(
      `delete from ${table} where ${office} in (
         select code from offices where kind = 'town' and code not in ('${COUNTY}.maoba', '${COUNTY}.donghe'))`,
    )
}

async function begin(choices: readonly PhaseChoice[] = []) {
  await startSmallCounty()
  await stack.startCampaign(2022, choices)
  await stack.settle()
}

const states = (phase: string) =>
  rows(
    stack.pool,
    `select state, stage, to_char(due_on, 'YYYY-MM-DD') as due, ended_late as late, count(*) as n from obligations
      where phase = $1 group by 1, 2, 3, 4 order by 3`,
    [phase],
  )

/** What the rounds wrote, whether SMTP has answered or not: `2022-11-10 14:30 officer@maoba 启动部署 1`. */
async function lines(matching: RegExp): Promise<string[]> {
  const mails = await rows<{ at: number; to: string; text: string }>(
    stack.pool,
    `select r.at, split_part(m.to_address, '.ziyang', 1) as "to", m.text_body as text
       from mails m join rounds r on r.id = m.round order by r.at, m.to_address`,
  )
  const offices = await rows<{ name: string }>(stack.pool, 'select name from offices')
  const reader = { year: 2022, ownOffice: '', offices: new Set(offices.map((o) => o.name)) }
  return mails
    .flatMap(({ at, to, text }) =>
      parseDigestLines(text, reader).map(({ label, count }) => `${beijingText(at)} ${to} ${label} ${count}`),
    )
    .filter((line) => matching.test(line))
}

test('everything done before: accepted and on time, its phases closed, and nobody hears of it', async () => {
  await begin()
  expect(await states('launch')).toEqual([
    { state: 'accepted', stage: null, due: '2022-05-31', late: false, n: TOWNS },
  ])
  const closed = await rows(
    stack.pool,
    'select code from phases where closed_at is not null order by ordinal',
  )
  expect(closed).toEqual([{ code: 'launch' }, { code: 'screening' }, { code: 'verification' }])
  await stack.advanceTo('2022-11-18', '18:00')
  expect(await lines(/启动部署|全面排查|报表/)).toEqual([])
  const firings = await rows(
    stack.pool,
    `select 1 from firings f join deadlines d on d.id = f.deadline where d.due_on < '2022-11-10'`,
  )
  expect(firings).toEqual([])
})

test('late as it is: each town is told once, with the next morning’s round', async () => {
  await begin([{ phase: 'launch', as: 'late' }])
  expect(await states('launch')).toEqual([
    { state: 'open', stage: 'perform', due: '2022-05-31', late: false, n: TOWNS },
  ])
  await stack.advanceTo('2022-11-11', '18:00')
  const told = await lines(/启动部署/)
  for (const to of ['officer@maoba', 'head@maoba'])
    expect(told.filter((line) => line.includes(to)).map((line) => line.slice(0, 16))).toEqual([
      '2022-11-11 08:30',
    ])
  expect(new Set(told.map((line) => line.slice(0, 16)))).toEqual(new Set(['2022-11-11 08:30']))
  // Nothing was sent before, so nothing is numbered.
  expect(await rows(stack.pool, `select subject from mails where text_body ~ '第 \\d+ 次'`)).toEqual([])
})

/** Whom a round mailed, and about how many deadlines. */
const mailedIn = (round: Instant | null) =>
  rows(
    stack.pool,
    `select n.person, count(distinct n.deadline) as lines from notifications n join mails m on m.id = n.mail
       join rounds r on r.id = m.round
      where r.at = $1 and n.kind not in ('standing', 'accepted') group by 1 order by 1`,
    [beijingText(round!) + '+08'],
  )
const foreseenBy = ({ mails }: Awaited<ReturnType<typeof previewLaunch>>) =>
  mails.map(({ person, lines }) => ({ person, lines })).sort((a, b) => (a.person < b.person ? -1 : 1))

test('the preview names whom the first round mails, and how many lines, as it then happens', async () => {
  await startSmallCounty()
  const [quiet] = await rows<{ id: string }>(
    stack.pool,
    `update people set quiet_days = '{5}' where id = (
       select person from person_roles where office = '${COUNTY}.maoba' and role = 'town-officer' limit 1) returning id`,
  )
  const choices: PhaseChoice[] = [
    { phase: 'launch', as: 'late' },
    { phase: 'screening', as: 'taken-over', dueOn: '2022-12-09' },
  ]
  const template = await readCampaignTemplate('safety-net-2022')
  const beginning = { choices, by: 'test', wordOf: '测试' }
  const preview = await previewLaunch(stack.pool, { county: COUNTY, year: 2022, template, beginning }, START)
  await stack.startCampaign(2022, choices)
  // Somebody who wants no mail on Fridays is told on Monday, and the preview knows.
  await stack.advanceTo('2022-11-11', '18:00')
  expect(preview.firstRoundAt).toBe(instantAt('2022-11-11', '08:30'))
  const mailed = await mailedIn(preview.firstRoundAt)
  expect(foreseenBy(preview)).toEqual(mailed)
  expect(mailed.length).toBeGreaterThan(2 * TOWNS)
  expect(preview.mails.map(({ person }) => person)).not.toContain(quiet!.id)
})

test('what was to be called to mind in the morning of the launch waits for the next one, and the preview knows', async () => {
  // A Thursday, ten working days before the day of the last phase.
  const start = instantAt('2022-12-01', '10:00')
  await startSmallCounty(start)
  // With a line for what begins, that line would speak for the reminder.
  await stack.pool.query(
    `update policies set rules = (select jsonb_agg(case when r ->> 'code' = 'phase-work' then jsonb_set(r, '{reminders}',
       (select jsonb_agg(m) from jsonb_array_elements(r -> 'reminders') m where m ->> 'when' <> 'assigned')) else r end)
       from jsonb_array_elements(rules) r)`,
  )
  const template = await readCampaignTemplate('safety-net-2022')
  const beginning = { choices: [], by: 'test', wordOf: '测试' }
  const preview = await previewLaunch(stack.pool, { county: COUNTY, year: 2022, template, beginning }, start)
  expect(beijingText(preview.firstRoundAt!)).toBe('2022-12-02 08:30')
  await stack.startCampaign(2022, [])
  await stack.advanceTo('2022-12-01', '18:00')
  expect(await lines(/./)).toEqual([])
  await stack.advanceTo('2022-12-02', '18:00')
  const mailed = await mailedIn(preview.firstRoundAt)
  expect(foreseenBy(preview)).toEqual(mailed)
  expect(mailed.length).toBeGreaterThan(0)
})

test('taken over: its people are told that it is theirs, the new day is watched with its own reminders, and what lay before is not sent', async () => {
  await begin([{ phase: 'launch', as: 'taken-over', dueOn: '2022-11-18' }])
  expect(await states('launch')).toEqual([
    { state: 'open', stage: 'perform', due: '2022-11-18', late: false, n: TOWNS },
  ])
  await stack.advanceTo('2022-11-18', '18:00')
  const told = await lines(/officer@maoba .*启动部署/)
  expect(told.map((line) => line.slice(0, 23))).toEqual(
    expect.arrayContaining(['2022-11-17 08:30 office', '2022-11-18 08:30 office']),
  )
  const first = await rows<{ at: number; kind: string; series: string }>(
    stack.pool,
    `select n.round_at as at, n.kind, n.moment_form ->> 'series' as series
       from notifications n join deadlines d on d.id = n.deadline
      where d.office = '${COUNTY}.maoba' and d.due_on = '2022-11-18' order by n.round_at, n.id limit 1`,
  )
  expect(first.map(({ at, ...told }) => ({ at: beijingText(at), ...told }))).toEqual([
    { at: '2022-11-11 08:30', kind: 'assigned', series: 'assigned' },
  ])
  expect(told.filter((line) => line < '2022-11-11 08:30')).toEqual([])
  expect(await lines(/head@maoba .*启动部署/)).toEqual([])
})

test('mail held for three days leaves as one digest a person once it is opened', async () => {
  await startSmallCounty()
  await stack.pool.query(`update counties set mail_state = 'preparing'`)
  await stack.startCampaign(2022, [
    { phase: 'launch', as: 'late' },
    { phase: 'screening', as: 'late' },
  ])
  await stack.advanceTo('2022-11-15', '10:00')
  expect(await rows(stack.pool, 'select 1 from mails')).toEqual([])
  expect(await rows(stack.pool, 'select 1 from firings')).toEqual([])
  const open = () =>
    inTransaction(stack.pool, async (tx) => {
      await actIn(tx, COUNTY)
      return openMail(tx, COUNTY)
    })
  expect(await open()).toBe(true)
  expect(await open()).toBe(false)
  await stack.advanceTo('2022-11-15', '18:00')
  const mails = await rows<{ to: string; n: number; at: string }>(
    stack.pool,
    `select to_address as to, count(*) as n, to_char(min(r.at) at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as at
       from mails m join rounds r on r.id = m.round group by 1 order by 1`,
  )
  expect(mails.length).toBeGreaterThan(2 * TOWNS)
  expect(mails.filter(({ n, at }) => n !== 1 || at !== '2022-11-15 14:30')).toEqual([])
})
