import { expect, it } from 'vitest'
import { en } from '../../web/src/words/en.ts'
import { faultEn } from '../../web/src/words/faults.en.ts'
import { counted, filled, namesIn } from '../../web/src/words/fill.ts'
import { IMPORT_NOTES_EN } from '../../web/src/words/import-notes.en.ts'
import { PHRASES_EN } from '../../web/src/words/phrases.en.ts'
import { PROBLEMS_EN } from '../../web/src/words/refusals.en.ts'
import { ruleChangeEn } from '../../web/src/words/rule-changes.en.ts'
import { SENTENCES_EN } from '../../web/src/words/sentences.en.ts'
import { momentEn } from '../../web/src/words/server.en.ts'
import {
  accountsEn,
  calendarEn,
  rosterEn,
  UNACCOUNTED_EN,
  watchedEn,
} from '../../web/src/words/standing.en.ts'

type Texts = { [key: string]: string | Texts }
const textsIn = (texts: Texts): string[] =>
  Object.values(texts).flatMap((value) => (typeof value === 'string' ? [value] : textsIn(value)))

/** What texts name that is no number. */
const NAMES = new Set([
  ...['name', 'names', 'title', 'who', 'what', 'which', 'why', 'reason', 'office', 'town', 'place', 'post'],
  ...['day', 'from', 'to', 'until', 'at', 'time', 'year', 'month', 'start', 'onTime', 'before', 'after'],
  ...[
    'field',
    'fields',
    'column',
    'columns',
    'word',
    'meaning',
    'sheet',
    'sheets',
    'row',
    'file',
    'encoding',
  ],
  ...[
    'action',
    'by',
    'how',
    'group',
    'cover',
    'phase',
    'campaign',
    'stage',
    'rule',
    'role',
    'roles',
    'means',
  ],
  ...['code', 'id', 'version', 'state', 'outcome', 'kind', 'number', 'seed', 'q', 'text', 'email', 'author'],
  ...[
    'approver',
    'method',
    'pattern',
    'span',
    'first',
    'last',
    'status',
    'provisional',
    'percent',
    'nth',
    'told',
  ],
])
/** Of a text by its places alone: those that are put a number to. */
const isNumber = (name: string) => !NAMES.has(name)
/** With one of everything that is counted. */
const ofOne = (text: string) => filled(text, (name) => (isNumber(name) ? 1 : '…'))

/** What a Chinese sentence counts has its measure word behind it, and no 第 before. */
const COUNT = /(?<!第 ?)\{\} ?(个|件|户|行|人|条|份|次|天|列|张|封|格|批|分钟|项|处)/
const isCounted = (chinese: string, nth: number) => {
  const [before, behind] = [chinese.split('{}')[nth] ?? '', chinese.split('{}')[nth + 1] ?? '']
  return COUNT.test(`${before.slice(-2)}{}${behind.slice(0, 3)}`)
}

/** One thing, said as if it were several: `1 files`, `1 working days`, `1 are`. */
const PLURAL =
  /\ball 1\b|(?<![\w.:-])1 (?:at most )?(?:(?:working|open|other|more|good|mended|earlier|unused|repeated|monitoring|provisional|of them) )?(?:(?!(?:was|is|has|does|this|its|as|us|less|press|stays|goes|moves|waits|lives|gets|becomes|s)\b)[a-z]+s|people|are|have|were|go|move|stay|wait|live|get|become)\b/

it('a number has the word that goes with it', () => {
  const text = '{count} {count|file was|files were} sent to {who}'
  const said = (count: unknown) => filled(text, (name) => ({ count, who: 'all' })[name])
  expect([said(1), said(0), said(2), said('1')]).toEqual([
    '1 file was sent to all',
    '0 files were sent to all',
    '2 files were sent to all',
    '1 file was sent to all',
  ])
  expect(namesIn(text)).toEqual(['count', 'count', 'who'])
  expect([counted(1, 'day', 'days'), counted(21, 'day', 'days')]).toEqual(['1 day', '21 days'])
})

it('what is said wrongly of one is found', () => {
  for (const wrong of [
    '{count} files',
    'in {days} working days',
    '{count} are missing',
    '{good} good households',
    'Choose all {count}',
    '{most} at most are made',
  ])
    expect(ofOne(wrong), wrong).toMatch(PLURAL)
  for (const right of [
    '{count} {count|file|files}',
    '{count} was read',
    'item {count} is open',
    '{from} was there',
  ])
    expect(ofOne(right), right).not.toMatch(PLURAL)
})

it('no English text of the app says one thing as if it were several', () => {
  const texts = textsIn(en)
  expect(texts.length).toBeGreaterThan(150)
  expect(texts.map(ofOne).filter((text) => PLURAL.test(text))).toEqual([])
})

it('no sentence of the server says so in English', () => {
  const tables = [IMPORT_NOTES_EN, PHRASES_EN, SENTENCES_EN].flatMap((table) => Object.entries(table))
  const counting = tables.filter(([chinese]) => COUNT.test(chinese))
  expect(counting.length).toBeGreaterThan(20)
  const said = [
    ...counting.map(([chinese, text]) => filled(text, (nth) => (isCounted(chinese, Number(nth)) ? 1 : '…'))),
    ...[...Object.values(UNACCOUNTED_EN), ...Object.values(PROBLEMS_EN).flat()].map(ofOne),
  ]
  expect(said.filter((text) => PLURAL.test(text))).toEqual([])
})

it('nor do those that are put together', () => {
  const said = [
    watchedEn({ state: 'watched-again', unwatched: 1 }),
    calendarEn({ missingYear: null, provisional: 1, message: '' }),
    calendarEn({ missingYear: 2027, provisional: 1, message: '' }),
    rosterEn({ total: 1, covered: 1, reached: 0, owed: 0, unreached: 0, message: '' }),
    accountsEn({ items: [{ code: 'mails', count: 1 }] }),
    momentEn({ series: 'before', workingDays: 1 }),
    faultEn('/body/name', 'too-short', { limit: 1 }),
    ...['时限:1 个工作日 → 2 个工作日', '逾期 1 个工作日', '每 1 天', '紧急的 1 分钟、其余 1 批'].map(
      ruleChangeEn,
    ),
  ]
  expect(said.filter((text) => PLURAL.test(text))).toEqual([])
  expect(said.at(-4)).toContain('1 working day → 2 working days')
})
