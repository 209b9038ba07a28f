import { describe, expect, it, test } from 'vitest'
import { beijingText, dayOf, instantAt } from '../../src/domain/time/days.ts'
import { idFault } from '../../src/ledgers/id-number.ts'
import { owedLines } from '../../src/rehearsal/expectation.ts'
import { nextVisit } from '../../src/rehearsal/expected-following.ts'
import { ExpectedHistory, type StoryItem } from '../../src/rehearsal/expected-history.ts'
import { hitsFile, hitsOfComparison, readable, resultOfHits } from '../../src/rehearsal/hits-file.ts'
import { importFaults, ledgerFaults, linkFaults } from '../../src/rehearsal/hits-work.ts'
import { simpleCalendar } from '../../src/rehearsal/simple-calendar.ts'
import { lastDayOf, watchedHouseholds } from '../../src/rehearsal/visit-script.ts'
import { blockersAtYearEnd } from '../../src/rehearsal/year-end.ts'
import { withinYear } from '../../src/rehearsal/year-work.ts'
import { PEOPLE } from './who.ts'

const calendar = simpleCalendar()
const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11))

describe('the hits of a comparison', () => {
  const hits = hitsOfComparison(7, PEOPLE)
  const file = hitsFile(hits, PEOPLE, '2022-06-01')
  const lines = new TextDecoder().decode(file).trim().split('\r\n')

  it('are the same for the same seed: rows of nobody, one of which nobody can read', () => {
    expect(hitsFile(hitsOfComparison(7, PEOPLE), PEOPLE, '2022-06-01')).toEqual(file)
    expect(hitsOfComparison(8, PEOPLE)).not.toEqual(hits)
    expect(lines).toHaveLength(hits.length + 1)
    expect(lines.slice(1).map((line) => idFault(line.split(',')[6]!, '2022-06-01'))).toEqual(
      hits.map(() => null),
    )
    expect(lines.filter((line) => line.includes('2022-02-30'))).toHaveLength(1)
    expect(resultOfHits(hits, file)).toMatchObject({ hits: 7, raised: 6 })
  })

  it('are found where a row has no account', () => {
    const answer = { id: 'im', state: 'applied', registered: 6, refused: 1, duplicates: 0, changed: 0 }
    expect(importFaults(hits, answer)).toEqual([])
    expect(importFaults(hits, { ...answer, registered: 5 })).toHaveLength(1)
    expect(importFaults(hits, { ...answer, state: 'mapping-needed', registered: 0 })).toHaveLength(1)
  })

  it('are found where a warning or a file is not linked', () => {
    const warnings = readable(hits).map(({ externalId }) => externalId)
    const raised = warnings.map((id) => ({ id }))
    const hitsFiles = [{ id: 'im', rows: 7, registered: 6 }]
    const faults = (more: object) =>
      linkFaults({ hits, file: 'im', warnings }, { comparison: null, raised, hitsFiles, ...more })
    expect(faults({})).toEqual([])
    expect(faults({ raised: raised.slice(1) })).toEqual([expect.stringContaining('产生的预警应为 BD0001')])
    expect(faults({ raised: [...raised, { id: 'other' }] })).toHaveLength(1)
    expect(faults({ hitsFiles: [] })).toHaveLength(1)
    expect(faults({ hitsFiles: [{ id: 'im', rows: 7, registered: 5 }] })).toHaveLength(1)
  })
})

test('a comparison that has no line in the ledger is found, also before it was handed in', () => {
  const hits = hitsOfComparison(7, PEOPLE)
  const line = { id: 'ob', hits: null, raised: null }
  expect(ledgerFaults(hits, false, line)).toEqual([])
  expect(ledgerFaults(hits, true, { ...line, hits: 7, raised: 6 })).toEqual([])
  expect(ledgerFaults(hits, true, line)).toHaveLength(1)
  expect(ledgerFaults(hits, false, undefined)).toEqual([expect.stringContaining('接口没有这一行')])
})

test('what keeps each phase from closing at the year’s end is counted from the story', () => {
  const story = new ExpectedHistory(calendar)
  const begin = (item: string, kind: string, dueOn: string) => {
    const of = {
      item,
      kind,
      level: kind === 'warning' ? 'yellow' : null,
      office: 'maoba',
      reviewer: 'relief',
    }
    story.begin(of, '2022-09-01', dueOn, at('2022-09-01 10:10'))
    return of
  }
  const reviewed = begin('YJ1', 'warning', '2022-09-30')
  begin('YJ2', 'warning', '2022-10-10')
  begin('第三季度@checks', 'report', '2022-09-30')
  begin('整改', 'rectification', '2022-10-20')
  begin('走访', 'monitoring-visit', '2023-01-03')
  story.ended(begin('YJ3', 'warning', '2022-09-20'), at('2022-09-20 10:10'))
  // What is sent back in December is owed since September all the same.
  story.returned(begin('YJ4', 'warning', '2022-09-20'), at('2022-12-20 10:10'))
  story.submitted(reviewed, at('2022-12-29 10:10'))
  story.ask(reviewed, 'extension', 'relief', at('2022-12-29 10:15'))
  const work = [{ item: '第三季度@checks', phase: 'verification' }]
  const blockers = (phase: string) => blockersAtYearEnd(phase, { year: 2022, story, work })
  expect(['launch', 'screening', 'verification', 'zero-out'].map(blockers)).toEqual([0, 0, 3, 5])
})

describe('households that are watched into the next year', () => {
  const [kept, missed, gone] = watchedHouseholds(2022) as [Household, Household, Household]
  type Household = ReturnType<typeof watchedHouseholds>[number]
  const following = ({ visits }: Household, n: number) => {
    const { on } = visits[n]!
    return nextVisit(on, calendar.step(on, 1), calendar)
  }

  it('are due on the first working day of the year, since sixty days end on a free day', () => {
    expect([kept, missed, gone].map((household) => following(household, 0))).toEqual([
      '2023-01-03',
      '2023-01-03',
      '2023-01-03',
    ])
    expect(following(kept, 1)).toBe('2023-03-06')
    expect([kept, missed, gone].map(({ visits }) => visits[1]!.on <= '2023-01-03')).toEqual([
      true,
      false,
      true,
    ])
    expect(following(kept, 1) > lastDayOf(2022)).toBe(true)
  })

  it('are missed for so long that head and centre are told before somebody goes', () => {
    const story = new ExpectedHistory(calendar)
    const item: StoryItem = {
      ...{ item: 'visit', kind: 'monitoring-visit', level: null, office: 'maoba', reviewer: 'relief' },
    }
    story.begin(item, '2022-11-03', following(missed, 0), at('2022-11-03 10:10'))
    story.ended(item, at(`${missed.visits[1]!.on} 10:10`))
    const world = { people: PEOPLE, calendar, until: at('2023-01-13 23:00') }
    const told = owedLines(story, world)
      .filter(({ round }) => dayOf(round) > '2022-12-01')
      .sort((a, b) => a.round - b.round)
      .map(({ round, to, kind }) => `${beijingText(round)} ${kind} ${to}`)
    expect(told).toEqual([
      '2022-12-26 08:30 reminder officer@x.test',
      '2023-01-03 08:30 reminder officer@x.test',
      '2023-01-05 08:30 overdue officer@x.test',
      '2023-01-05 08:30 escalation head@x.test',
      '2023-01-10 08:30 overdue officer@x.test',
      '2023-01-10 08:30 escalation relief1@x.test',
      '2023-01-10 08:30 escalation relief2@x.test',
      '2023-01-10 08:30 copied head@x.test',
    ])
  })
})

test('what a part of the year has to have played is asked of its year alone', () => {
  const span = { start: at('2022-05-01 00:00'), until: at('2023-01-13 23:59') }
  expect(dayOf(withinYear(span, 2022).until)).toBe('2022-12-31')
  expect(withinYear({ ...span, until: at('2022-08-01 00:00') }, 2022).until).toBe(at('2022-08-01 00:00'))
})
