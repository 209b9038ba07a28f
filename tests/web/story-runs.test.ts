import { expect, test } from 'vitest'
import { stepWords } from '../../web/src/pages/item/step-words.ts'
import { isFolded, lastReturn, lostIn, runsAhead, runsOf } from '../../web/src/pages/item/story-runs.ts'
import type { Story } from '../../web/src/pages/item/use-item.ts'

type Step = Story['items'][number]
const moment = (series: string, fate = 'delivered') =>
  ({ what: 'moment', code: series, form: { series }, told: [{ fate }] }) as unknown as Step
const event = (code: string, text: string | null = null) =>
  ({ what: 'event', code, text, detail: {} }) as unknown as Step

test('like moments in a row are folded, and keep every line; rungs and what somebody did stand one by one', () => {
  const lines = [
    event('register'),
    moment('assigned'),
    moment('before'),
    moment('due-day'),
    ...[1, 2, 3].map(() => moment('rung')),
    ...[1, 2, 3, 4, 5].map(() => moment('repeat')),
    event('submit'),
    event('submit'),
    event('submit'),
  ]
  const runs = runsOf(lines)
  expect(runs.filter(isFolded).map(({ series, lines: of }) => [series, of.length])).toEqual([['repeat', 5]])
  expect(runs.flatMap(({ lines: of }) => of)).toEqual(lines)
})

test('a run says how often somebody was not reached, which is never folded away', () => {
  const [run] = runsOf([
    moment('repeat'),
    moment('repeat', 'undeliverable'),
    moment('repeat', 'bounced'),
    moment('repeat', 'out-of-scope'),
  ])
  expect(lostIn(run!)).toBe(2)
})

test('all escalations to come are one line, whatever they are called; reminders before them stand by themselves', () => {
  const ahead = ['before', 'due-day', 'rung', 'rung', 'repeat'].map((series) => ({
    form: { series },
    to: [],
  }))
  const runs = runsAhead(ahead as unknown as Story['upcoming'])
  expect(runs.map((run) => [run.series, run.lines.length, isFolded(run)])).toEqual([
    ['reminder', 2, false],
    ['escalation', 3, true],
  ])
  const single = [{ form: { series: 'rung' }, to: [] }] as unknown as Story['upcoming']
  expect(runsAhead(single).map(isFolded)).toEqual([false])
})

test('the last return is found', () => {
  expect(lastReturn([event('return', '一'), event('submit'), event('return', '二')])?.text).toBe('二')
  expect(lastReturn([event('submit')])).toBeNull()
})

test('a step tells outcome, counts, on whose word, the first day, and what a file corrected', () => {
  const t = (key: string, values: Record<string, unknown> = {}) =>
    `${key}${Object.values(values).length > 0 ? `(${Object.values(values).join(' ')})` : ''}`
  const detail = {
    outcome: 'ineligible',
    counts: { 走访: 2 },
    wordOf: '张主任',
    originalDueOn: '2022-06-15',
    fields: [
      { field: 'level', before: 'yellow', after: 'red' },
      { field: 'name', before: null, after: null },
    ],
  }
  expect(stepWords(detail, t)).toEqual([
    'item.said.outcome(outcome.ineligible)',
    '走访 2',
    'item.said.wordOf(张主任)',
    'item.said.original(2022-06-15)',
    'item.said.from(content.level level.yellow level.red)',
    'item.said.changed(content.name)',
  ])
})
