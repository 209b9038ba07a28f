import { readFileSync } from 'node:fs'
import { expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { differencesOf } from '../../src/domain/escalation/policy-differences.ts'
import { readPolicyFile } from '../../src/domain/escalation/policy-file.ts'
import { momentLabel } from '../../src/domain/escalation/moment-label.ts'
import { checkLines, UNACCOUNTED_LABELS } from '../../src/domain/escalation/standing-check.ts'
import { PROBLEM_ORIGIN_LABELS, PROBLEM_TYPE_LABELS } from '../../src/domain/obligation/problem-words.ts'
import {
  CAUSE_LABELS,
  codesOf,
  LEVEL_LABELS,
  OUTCOME_LABELS,
  ROLE_LABELS,
  SOURCE_LABELS,
  STAGE_LABELS,
} from '../../src/domain/obligation/vocabulary.ts'
import { KIND_CODES, KIND_LABELS, kindOf } from '../../src/kinds/kinds.ts'
import { IDENTITY_REMARKS } from '../../src/ledgers/identity.ts'
import { HOUR_24_READ } from '../../src/ledgers/issue-time.ts'
import { PHONE_REMARKS } from '../../src/ledgers/phone.ts'
import { remarkWords } from '../../src/ledgers/spreadsheet/remark-words.ts'
import { recipientReason } from '../../src/services/notifications/recipient-reason.ts'
import { leftWords, stayedWords } from '../../src/services/imports/undo-words.ts'
import { IMPORT_NOTES_EN } from '../../web/src/words/import-notes.en.ts'
import { PHRASES_EN, phraseEn } from '../../web/src/words/phrases.en.ts'
import { occasionEn, ruleChangeEn } from '../../web/src/words/rule-changes.en.ts'
import { titleEn } from '../../web/src/words/titles.en.ts'
import { chineseIn } from './chinese-in.ts'

/** What the server puts together in Chinese and an English page shows: none of it stays Chinese but what it names. */
const HAN = /\p{Script=Han}/u
const source = (path: string) => readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8')

/** Every way in which the facts of a kind can be there. */
const FACTS: Partial<Record<(typeof KIND_CODES)[number], readonly object[]>> = {
  comparison: [undefined, ...codesOf(SOURCE_LABELS)].flatMap((partner) =>
    [undefined, 'H1', 'H2', 'Y'].map((period) => ({
      ...(partner && { partner }),
      ...(period && { period }),
    })),
  ),
  'follow-up': [
    {},
    ...codesOf(OUTCOME_LABELS).flatMap((outcome) => [{ outcome }, { outcome, warning: 'YJ1' }]),
  ],
  'monitoring-visit': [{}, { visit: 2 }, { visit: 12, warning: 'YJ1' }],
  rectification: [
    {},
    ...codesOf(PROBLEM_ORIGIN_LABELS).flatMap((origin) =>
      [undefined, ...codesOf(PROBLEM_TYPE_LABELS)].map((type) => ({ origin, ...(type && { type }) })),
    ),
  ],
}

test.each(KIND_CODES)('every title that %s puts together has its English', (kind) => {
  const titles = [null, ...codesOf(LEVEL_LABELS)].flatMap((level) =>
    [null, ...codesOf(CAUSE_LABELS)].flatMap((cause) =>
      (FACTS[kind] ?? [{}]).map((facts) => kindOf(kind).title({ level, cause, facts: { ...facts } })),
    ),
  )
  expect(titles.filter((title) => HAN.test(titleEn(title) ?? title))).toEqual([])
})

it('every title of the template that comes with the program has its English, and so has that of a sample', () => {
  const template = parse(readFileSync('templates/safety-net-2022.yaml', 'utf8')) as {
    title: string
    phases: { title: string; items: { title: string }[] }[]
  }
  const titles = [
    ...[template.title, `${template.title} 2022`, '县级抽查:X镇抽样户(第 3 位)'],
    ...template.phases.flatMap(({ title, items }) => [title, ...items.map((item) => item.title)]),
  ]
  expect(titles.filter((title) => HAN.test((titleEn(title) ?? title).replace('X镇', '')))).toEqual([])
})

it('a title that somebody wrote is theirs', () => {
  expect(titleEn('审计反馈:一户低保到期未复核停发')).toBeNull()
  expect(titleEn('因病橙色预警核查')).toBe('Warning verification (Orange, Illness)')
  expect(titleEn('救助落实:临时救助(YJ1)')).toBe('Follow-up: Temporary assistance (YJ1)')
})

it('why somebody was written to is said in English, with their post and the office', () => {
  const roles = codesOf(ROLE_LABELS)
  const rung = { to: 'rung', n: 1, roles } as never
  const reasons = [
    ...codesOf(STAGE_LABELS).map((stage) => ({ kind: 'reminder' as const, stage, audience: null })),
    ...(['standing', 'standing-check', 'correction', 'passed-on'] as const).map((kind) => ({
      ...{ kind, audience: null },
    })),
    { kind: 'escalation' as const, audience: rung },
  ].map((told) => recipientReason({ undeliveredTo: null, ...told }, 'Maoba', '收件人'))
  const undelivered = { kind: 'reminder' as const, audience: null, undeliveredTo: 'p' }
  const all = [...reasons, recipientReason(undelivered, 'Maoba', '收件人')]
  expect(all.filter((reason) => HAN.test(phraseEn(reason)))).toEqual([])
  expect(
    phraseEn(recipientReason({ kind: 'escalation', audience: rung, undeliveredTo: null }, 'Maoba', '收件人')),
  ).toContain('Town head')
})

it('what a mail is about is said by its office, its rule and the moment', () => {
  const moment = { series: 'due-day', time: '15:00' } as const
  const what = `Maoba 橙色预警核查:${momentLabel(moment)}`
  const about = { what, moment, office: { name: 'Maoba' } }
  expect(occasionEn(about)).toBe('Maoba Warning verification (Orange): Reminder on the due day, 15:00')
  const left = codesOf(UNACCOUNTED_LABELS).map((code) => ({ code, count: 3 }))
  const lines = [...checkLines([], 7), ...checkLines(left, 7)].map(({ words }) => words)
  expect([...lines, lines.slice(1).join(';')].filter((line) => HAN.test(phraseEn(line)))).toEqual([])
})

/** Where a part of the system says how it is, for /readyz. */
const PARTS = [
  ...['api/operations/health.ts', 'api/operations/calendar-part.ts', 'bin/start/database.ts'],
  ...['bin/start/engine.ts', 'bin/start/foundation.ts', 'bin/start/first-data.ts'],
  ...['engine/embedded/temporal-fetch.ts', 'domain/time/missing-year.ts'],
]

it('what every part of the system says of itself has its English', () => {
  const said = PARTS.flatMap((path) => chineseIn(path, source(path), ['detail', 'message', 'progress']))
  expect(said.length).toBeGreaterThan(8)
  expect(said.filter((text) => HAN.test(phraseEn(text.replaceAll('{}', '2'))))).toEqual([])
})

it('every rule of the example, put together or changed, is told in English', () => {
  const example = readPolicyFile(readFileSync('templates/example-policy.yaml', 'utf8'), KIND_LABELS, 'x.yaml')
  const nothing = { ...example, rules: [] }
  const changed = JSON.parse(JSON.stringify(example).replaceAll('"workingDays":5', '"workingDays":6'))
  const names = example.rules.map(({ label }) => label)
  const lines = [
    differencesOf(nothing, example, (kind) => kindOf(kind).label),
    differencesOf(example, changed, (kind) => kindOf(kind).label),
    differencesOf(example, nothing, (kind) => kindOf(kind).label),
  ]
    .flat()
    .flatMap(({ changes }) => changes)
  expect(lines.length).toBeGreaterThan(50)
  const unsaid = lines.map(ruleChangeEn).filter((line) => {
    const bare = names.reduce((left, name) => left.replaceAll(name, ''), line)
    return HAN.test(bare) && !line.startsWith('Name:')
  })
  expect(unsaid).toEqual([])
})

it('what an import notes, and what an undo leaves, has its English', () => {
  const left = (
    ['closed', 'changed-since', 'worked-on', 'erased', 'office-gone', 'not-kept', 'days'] as const
  ).map((why) => ({ field: 'level' as const, why }))
  const notes = [
    ...Object.values(IDENTITY_REMARKS),
    ...Object.values(PHONE_REMARKS),
    HOUR_24_READ,
    leftWords(left),
    ...left.map((one) => leftWords([one, { ...one, field: 'town' }])),
    ...(['acted', 'came-again', 'erased', 'office-gone'] as const).map(stayedWords),
    ...remarkWords({ hiddenRows: [[2, 3]], hiddenColumns: [1], unsaved: [{ column: 1, row: 2, count: 3 }] }),
  ]
  expect(notes.filter((note) => HAN.test(phraseEn(note)))).toEqual([])
  for (const [chinese, text] of Object.entries({ ...PHRASES_EN, ...IMPORT_NOTES_EN })) {
    expect(text, chinese).not.toMatch(HAN)
    const most = chinese.split('{}').length - 1
    for (const [, nth] of text.matchAll(/\{(\d)\}/g)) expect(Number(nth), chinese).toBeLessThan(most)
  }
})
