import { expect, it } from 'vitest'
import { TOLD_FATE_LABELS } from '../../src/domain/escalation/mail-fate.ts'
import { momentLabel } from '../../src/domain/escalation/moment-label.ts'
import { importAction } from '../../src/contract/api/import-requests.ts'
import { AUDIT_WORDS } from '../../src/domain/audit/labels.ts'
import { actionRule, ACTIONS } from '../../src/domain/obligation/actions.ts'
import { EVENT_LABELS } from '../../src/domain/obligation/event-labels.ts'
import { codesOf, STATE_LABELS } from '../../src/domain/obligation/vocabulary.ts'
import { AUDIT_EN, auditActionEn } from '../../web/src/words/audit.en.ts'
import {
  ACTIONS_EN,
  EVENTS_EN,
  FATES_EN,
  momentEn,
  REFUSALS_EN,
  refusalEn,
} from '../../web/src/words/server.en.ts'

const HAN = /\p{Script=Han}/u
const keys = (table: object) => Object.keys(table).sort()

it('every step, action and fate of the server has its Chinese and its English', () => {
  expect(keys(EVENTS_EN)).toEqual(keys(EVENT_LABELS))
  expect(keys(ACTIONS_EN)).toEqual(keys(ACTIONS))
  expect(keys(FATES_EN)).toEqual(keys(TOLD_FATE_LABELS))
  for (const label of [...Object.values(EVENT_LABELS), ...Object.values(TOLD_FATE_LABELS)])
    expect(label).toMatch(HAN)
  for (const text of [...Object.values(EVENTS_EN), ...Object.values(FATES_EN)]) expect(text).not.toMatch(HAN)
})

it('every entry of the trail is told in English', () => {
  for (const table of ['things', 'deeds', 'methods', 'resources', 'parts'] as const) {
    expect(keys(AUDIT_EN[table]), table).toEqual(keys(AUDIT_WORDS[table]))
    for (const text of Object.values(AUDIT_EN[table])) expect(text).not.toMatch(HAN)
  }
  for (const [resource, deeds] of Object.entries(AUDIT_WORDS.acted))
    expect(keys(AUDIT_EN.acted[resource] ?? {}), resource).toEqual(keys(deeds))
  expect(auditActionEn('POST /v1/imports/:id/actions', { action: 'undo' })).toBe('Imports: taken back')
  expect(auditActionEn('feed.renew')).toBe('Calendar feed: new address')
  expect(auditActionEn('obligation.accept')).toMatch(/^Obligation: accept/)
  expect(auditActionEn('POST /v1/campaigns/:id/actions')).toBe('Campaigns: acted upon')
  expect(auditActionEn('PUT /v1/seen')).toBe('Change marks of what was seen')
  expect(auditActionEn('written.by-a-later-version')).toBe('written.by-a-later-version')
})

it('whatever is done with an import is told by name in the trail', () => {
  const actions = importAction.options.map(({ shape }) => shape.action.value)
  expect(keys(AUDIT_WORDS.acted['imports'] ?? {})).toEqual([...actions].sort())
})

it('every reason for which an action is refused has its English, and no reason more', () => {
  const unless = codesOf(ACTIONS).flatMap((code) => actionRule(code).unless.map(({ refused }) => refused))
  expect(keys(REFUSALS_EN)).toEqual([...new Set(unless)].sort())
  const whileIn = codesOf(STATE_LABELS).map((state) => `not-while-${state}`)
  for (const code of codesOf(ACTIONS))
    for (const refused of ['forbidden', ...whileIn, ...unless]) {
      const text = refusalEn(refused, actionRule(code).by)
      expect(text, refused).toMatch(/^[A-Z].*\.$/)
      expect(text).not.toMatch(HAN)
    }
  expect(refusalEn('of-a-later-version', 'holder')).toBeNull()
})

it('every moment has its Chinese and its English', () => {
  const starts = ['assigned', 'submitted', 'returned', 'paused', 'requested', 'offered'] as const
  const forms = [
    ...starts.map((series) => ({ series })),
    { series: 'before', workingDays: 2 },
    ...[{ series: 'due-day' }, { series: 'due-day', time: '15:00' }],
    ...[
      { series: 'rung', n: 1 },
      { series: 'repeat', n: 2 },
      { series: 'joined', n: 1 },
    ],
  ] as const
  for (const form of forms) {
    expect(momentLabel(form)).toMatch(HAN)
    expect(momentEn(form), form.series).toMatch(/^[A-Z]/)
    expect(momentEn(form)).not.toMatch(HAN)
  }
  expect(momentEn({ series: 'rung', n: 3 })).toContain('3')
})
