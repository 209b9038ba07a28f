import { expect, test } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
import { CampaignWork } from '../../src/rehearsal/campaign-work.ts'
import { idFault } from '../../src/ledgers/id-number.ts'
import type { StoryTurn } from '../../src/rehearsal/expected-history.ts'
import { expectedProblem } from '../../src/rehearsal/expected-following.ts'
import { owedBy, rosterFile, rosterHouseholds, unreachedAt } from '../../src/rehearsal/roster-file.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import { countyFaults } from '../../src/rehearsal/told-of-county.ts'
import { peopleOf } from '../../src/rehearsal/people.ts'
import { YearEnd } from '../../src/rehearsal/year-end.ts'
import { HOLDINGS, OFFICES, PEOPLE } from './who.ts'

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))
const SCREENING = '排查二:未纳入低保特困的三类户'
const roster = rosterHouseholds(PEOPLE)
const calendar = simpleCalendar()

test('the roster has numbers of nobody, and each screening the groups it names', () => {
  expect(roster.map(({ idNo }) => idFault(idNo, '2022-06-01'))).toEqual(roster.map(() => null))
  expect(new TextDecoder().decode(rosterFile(roster, PEOPLE)).split('\r\n')).toHaveLength(roster.length + 1)
  expect(owedBy(SCREENING, 'maoba', roster)).toHaveLength(3)
  expect(owedBy('启动', 'maoba', roster)).toEqual([])
})

const turn = (more: Partial<StoryTurn>): StoryTurn => ({
  ...{ item: `${SCREENING}@maoba`, office: 'maoba', owner: 'maoba', kind: 'screening', level: null },
  ...{ called: SCREENING, policy: 1, stage: 'perform', startedAt: at('2022-06-01 00:00') },
  ...{ dueOn: '2022-06-15', endedAt: null, ...more },
})
const unreached = (turns: StoryTurn[], when = '2022-06-10 08:30') =>
  unreachedAt(at(when), roster, { turns, accepted: [] }, [])

test('a household is reached while its screening runs and once that was handed in, not once it was withdrawn', () => {
  const open = turn({})
  const ended = turn({ endedAt: at('2022-06-09 10:00') })
  const review = turn({ stage: 'review', startedAt: at('2022-06-09 10:00') })
  expect(unreached([])).toBe(3)
  expect(unreached([open], '2022-05-31 08:30')).toBe(3)
  expect(unreached([open])).toBe(0)
  expect(unreached([ended, review])).toBe(0)
  expect(unreached([ended])).toBe(3)
})

test('a look-back that is marked raises a problem, due three working days on and by the end of the year’s work', () => {
  const item = { item: '启动@maoba', kind: 'launch', level: null, office: 'maoba', reviewer: 'relief' }
  const raised = (day: string, lookBack: { problem?: boolean }[]) =>
    expectedProblem(item, { lookBack }, at(`${day} 10:00`), calendar)?.fixedDueOn
  expect(raised('2022-06-09', [{}, { problem: true }])).toBe('2022-06-14')
  expect(raised('2022-12-14', [{ problem: true }])).toBe('2022-12-15')
  expect(raised('2022-06-09', [{}])).toBeUndefined()
})

test('a check that is missing, told otherwise or told to somebody else is found', () => {
  const people = peopleOf(OFFICES, [
    ...HOLDINGS,
    { office: 'bureau', role: 'administrator', email: 'admin@x.test' },
  ])
  const span = { start: at('2022-06-09 00:00'), until: at('2022-06-10 18:00') }
  const faults = (mails: { to: string; on: string; text: string }[], overrides = [] as never[]) =>
    countyFaults(
      mails.map(({ to, on, text }) => ({ messageId: on, to: `${to}@x.test`, acceptedAt: at(on), text })),
      [turn({})],
      span,
      { unreached: () => 0, overrides },
      { people, calendar },
    )
  const well = '你好\r\n◇ 常态核查:一切正常,在办 1 件都有人盯,没有遗漏\r\n'
  const both = [
    { to: 'admin', on: '2022-06-09 08:30', text: well },
    { to: 'admin', on: '2022-06-10 08:30', text: well },
  ]
  expect(faults(both)).toEqual([])
  expect(faults(both.slice(1))).toEqual([expect.stringContaining('admin@x.test 2022-06-09 08:30 信中“”')])
  expect(faults([both[0]!, { ...both[1]!, text: well.replace('1 件', '2 件') }])).toHaveLength(1)
  expect(faults([...both, { to: 'officer', on: '2022-06-10 08:30', text: well }])).toHaveLength(1)
  const override = { at: at('2022-06-09 10:00'), title: '排查', blockers: 2 } as never
  expect(faults(both, [override])).toHaveLength(4)
})

/** What an override of the year comes to, with so much open by the story and so much by the product. */
async function overridden(turns: StoryTurn[], blockerCount: number | null) {
  const acts: string[] = []
  const bodies: object[] = []
  const gates = blockerCount === null ? [] : [{ code: 'screening', state: 'open', gate: { blockerCount } }]
  const leader = {
    gates: async () => gates,
    onCampaign: async (_: string, body: object) => bodies.push(body),
  }
  const desk = { bureau: 'bureau', as: async () => leader, played: (act: string) => acts.push(act) } as never
  const work = new CampaignWork({
    ...{ year: 2022, desk, story: { turns, accepted: [] } as never, start: at('2022-06-20 12:00') },
    ...{ roster: [], phaseItems: new Set(turns.map(({ item }) => item)) },
  })
  await work.act(at('2022-06-21 10:10'))
  return { acts, sent: bodies.length, told: work.overrides.length, wrong: work.wrongCount }
}

test('a phase is overridden by what the product says is left; a story that says otherwise is a fault', async () => {
  const played = ['phase-override']
  expect(await overridden([], 0)).toEqual({ acts: played, sent: 0, told: 0, wrong: [] })
  expect(await overridden([turn({})], 1)).toEqual({ acts: played, sent: 1, told: 1, wrong: [] })
  // A story that has lost its items lets nothing pass for played.
  const lost = await overridden([], 2)
  expect(lost).toMatchObject({ acts: [], sent: 0, wrong: [expect.stringContaining('还应有 0 件挡着')] })
  expect((await overridden([turn({})], null)).wrong).toEqual([expect.stringContaining('接口答 0 件')])
})

test('what a leader need not do, since nothing is left, counts as played', async () => {
  const acts: string[] = []
  const leader = { gates: async () => [] }
  const desk = { bureau: 'bureau', as: async () => leader, played: (act: string) => acts.push(act) } as never
  const none = { turns: [], accepted: [] } as never
  const parts = { year: 2022, desk, story: none }
  const work = new CampaignWork({
    ...{ ...parts, start: at('2022-06-20 12:00') },
    ...{ roster: [], phaseItems: new Set<string>() },
  })
  await work.act(at('2022-06-21 10:10'))
  const endOf = (story: never) =>
    new YearEnd({
      ...{ ...parts, story, start: at('2022-12-01 00:00') },
      ...{ work: [], overrides: [], preparing: {} as never, samples: {} as never },
    })
  const end = endOf(none)
  await end.act(at('2022-12-30 10:10'))
  expect(acts).toEqual(['phase-override', 'campaign-close'])
  expect([...work.failed, ...end.failed, ...end.wrongCount]).toEqual([])
  // That it closed over something left is a fault, and nothing was played.
  const early = endOf({ turns: [turn({})], accepted: [] } as never)
  await early.act(at('2022-12-30 10:10'))
  expect(early.wrongCount).toEqual([expect.stringContaining('还应有 1 件挡着结束')])
  expect(acts).toHaveLength(2)
})
