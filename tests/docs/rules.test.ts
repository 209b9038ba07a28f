import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { REFUSAL_CODES } from '../../src/api/http/refusal-codes.ts'
import { TOGETHER } from '../../src/bin/config/config.ts'
import { ACTION_BY_LABELS, ACTION_FIELDS, ACTIONS, actionRule } from '../../src/domain/obligation/actions.ts'
import { applyAction, type ActionInput, type ObligationState } from '../../src/domain/obligation/lifecycle.ts'
import {
  codesOf,
  type Kind,
  STAGE_LABELS,
  STATE_LABELS,
  type State,
} from '../../src/domain/obligation/vocabulary.ts'
import { suspensionRulesOf } from '../../src/domain/escalation/postponement-rules.ts'
import { assignRefusal, offerRefusal } from '../../src/domain/obligation/hand-over.ts'
import { UNDO_MINUTES } from '../../src/domain/obligation/undo-minutes.ts'
import { grantRefusal, suspensionRefusal } from '../../src/domain/obligation/postponement.ts'
import { makeCalendar } from '../../src/domain/time/calendar.ts'
import { chineseCalendarData } from '../../src/domain/time/calendar-data.ts'
import { policySchema } from '../../src/domain/escalation/policy-schema.ts'
import { campaignTemplateSchema } from '../../src/domain/obligation/campaign-template.ts'
import type { Facts, Result } from '../../src/kinds/kind.ts'
import { KIND_CODES, KIND_LABELS, kindOf, KINDS } from '../../src/kinds/kinds.ts'
import { FILE_RULES } from '../../src/ledgers/refusals.ts'
import { ROW_RULES } from '../../src/ledgers/row-error.ts'
import { UNKNOWN_EVIDENCE } from '../../src/services/obligations/evidence.ts'
import { resultCheckOf } from '../../src/services/obligations/result-check.ts'
import { customMessages } from './zod-checks.ts'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/rules.md', root), 'utf8')
/** What the cells of a line say; null where it is no line of a table. */
const cells = (line: string) =>
  line.startsWith('|')
    ? line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    : null
const tables = text.split('\n').flatMap((line) => [cells(line)].filter((found) => found !== null))

const DEFINING = /^(contract|kinds)\/.*\.ts$|^domain\/.*-(schema|template)\.ts$/

/** Every module that defines what requests, policies or templates look like. */
const modules = await Promise.all(
  readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
    .filter((name) => DEFINING.test(name))
    .map((name) => import(new URL(`src/${name}`, root).pathname) as Promise<Record<string, unknown>>),
)

const INPUTS: ActionInput[] = [
  { action: 'acknowledge' },
  { action: 'submit', result: { outcome: 'dibao' } },
  { action: 'accept' },
  { action: 'return', reason: 'x' },
  { action: 'waive', reason: 'x' },
  { action: 'cancel', reason: 'x' },
  { action: 'reopen', reason: 'x' },
  { action: 'suspend', reasonCode: 'disaster', reason: 'x', until: '2022-06-20' },
  { action: 'resume' },
  { action: 'request-extension', reason: 'x', days: 1 },
  { action: 'grant-extension' },
  { action: 'refuse-extension', reason: 'x' },
  { action: 'offer-hand-over', toOffice: 'c', reason: 'x' },
  { action: 'accept-hand-over' },
  { action: 'refuse-hand-over', reason: 'x' },
  { action: 'withdraw-hand-over' },
  { action: 'take' },
  { action: 'assign', person: 'x' },
  { action: 'put-back' },
  { action: 'record-contact', means: 'telephone', contacted: 'x', contactedOn: '2022-06-15', said: 'x' },
  { action: 'undo' },
]
const NOBODY = { roles: [], office: 'b', why: null }
const HELD = {
  ...{ holder: null, acknowledgedAt: null, withdrawn: false, waivable: true, submittedBy: null },
  ...{ approvers: { suspension: NOBODY, extension: NOBODY }, paused: null },
}

const ANSWERS: string[] = ['grant-extension', 'refuse-extension']
const OFFERED: string[] = ['accept-hand-over', 'refuse-hand-over', 'withdraw-hand-over']
const DONE = { action: 'take', by: 'x', at: 0, state: 'open', isFollowed: false } as const
const NAMED = { stage: 'perform', office: 'a', dueAt: 1, person: 'x' } as const

function refusalOf(state: State, input: ActionInput, more: Partial<ObligationState> = {}) {
  // What is to be answered was requested.
  const request = ANSWERS.includes(input.action) ? { askedBy: 'x' } : null
  const offer = OFFERED.includes(input.action) ? { to: 'c', offeredBy: 'x' } : null
  const lastStep = input.action === 'undo' ? DONE : null
  const holder = input.action === 'put-back' ? NAMED : null
  const decided = applyAction(
    { ...HELD, request, offer, holder, lastStep, state, performer: 'a', reviewer: 'b', ...more },
    input,
    0,
    resultCheckOf({ id: 'ob_x', kind: 'warning', facts: {}, issuedAt: 0 }, 0),
  )
  return 'refused' in decided ? decided.refused : null
}

/** What a kind refuses of these results. */
function refusalsOf(kind: Kind, facts: Facts, results: Result[]): string[] {
  return results.flatMap((result) =>
    kindOf(kind)
      .check({ facts, result, today: '2022-06-15', issuedOn: '2022-06-01' })
      .map(({ refused }) => refused),
  )
}

const REQUESTED = { request: { askedBy: 'x' } }
const EXPIRED = { holder: { stage: 'perform', office: 'a', dueAt: 0 } } as const
/** What a policy refuses of a pause, and of an answer that grants more than was asked for. */
const POSTPONING = [
  suspensionRefusal(
    { until: '2022-08-31', today: '2022-06-15', had: { times: 0, workingDays: 0 }, mayBeyond: false },
    suspensionRulesOf({}),
    makeCalendar(chineseCalendarData, []),
  ),
  grantRefusal(3, 2),
].map((refusal) => refusal?.refused ?? null)

/** What the API refuses and what the lifecycle does; the state that an action does not go with stands there as `…`. */
const REFUSALS = new Set<string | null>([
  ...refusalsOf('rectification', { origin: 'audit' }, [{}]),
  ...refusalsOf('spot-check', { sample: 'sm_x' }, [
    {},
    { agrees: false },
    { agrees: true, differs: ['income'] },
    { method: 'concentrated', agrees: true },
    { method: 'phone', agrees: true, departments: ['health'] },
  ]),
  UNKNOWN_EVIDENCE.refused,
  ...REFUSAL_CODES,
  refusalOf('open', { action: 'acknowledge' }, { acknowledgedAt: 1 }),
  refusalOf('cancelled', { action: 'reopen', reason: 'x' }, { withdrawn: true }),
  refusalOf('open', { action: 'waive', reason: 'x' }, { waivable: false }),
  refusalOf('open', { action: 'submit', result: {} }),
  refusalOf('open', { action: 'submit', result: { outcome: 'deceased' } }),
  ...KINDS.flatMap(({ refusals }) => Object.values(refusals).map(({ refused }) => refused)),
  refusalOf('open', { action: 'cancel', reason: '' }),
  refusalOf(
    'open',
    { action: 'suspend', reasonCode: 'disaster', reason: 'x', until: '2022-06-20' },
    REQUESTED,
  ),
  refusalOf('open', { action: 'request-extension', reason: 'x', days: 1 }, REQUESTED),
  refusalOf('open', { action: 'request-extension', reason: 'x', days: 1 }, EXPIRED),
  refusalOf('open', { action: 'request-extension', reason: 'x', days: 1 }, { refusedAfterWait: true }),
  refusalOf('open', { action: 'grant-extension' }, { request: null }),
  refusalOf('open', { action: 'accept-hand-over' }, { offer: null }),
  refusalOf(
    'open',
    { action: 'offer-hand-over', toOffice: 'c', reason: 'x' },
    { offer: { to: 'c', offeredBy: 'x' } },
  ),
  refusalOf(
    'open',
    { action: 'suspend', reasonCode: 'disaster', reason: 'x', until: '2022-06-20' },
    { offer: { to: 'c', offeredBy: 'x' } },
  ),
  refusalOf('open', { action: 'put-back' }, { holder: null }),
  refusalOf('open', { action: 'undo' }, { lastStep: null }),
  refusalOf('open', { action: 'undo' }, { lastStep: { ...DONE, isFollowed: true } }),
  refusalOf('open', { action: 'undo' }, { lastStep: { ...DONE, at: -3_600_000 } }),
  offerRefusal(null, 0, { county: 'a', performer: 'b' })?.refused ?? null,
  assignRefusal('x', [])?.refused ?? null,
  refusalOf('open', { action: 'suspend', reasonCode: 'disaster', reason: 'x', until: '' }),
  refusalOf('open', { action: 'request-extension', reason: 'x' } as ActionInput),
  ...POSTPONING,
  refusalOf('open', { action: 'accept' })?.replace(/open$/, '…') ?? null,
])

test('every rule a row of a file is held to stands there, with its sentence, and no other', () => {
  const from = tables.findIndex(([rule]) => rule === '规则') + 2
  const listed = tables.slice(from, from + Object.keys(ROW_RULES).length)
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(ROW_RULES).map(([rule, sentence]) => [`\`${rule}\``, sentence])),
  )
})

test('every rule a file as a whole is held to stands there', () => {
  for (const rule of Object.keys(FILE_RULES)) expect(text).toContain(`\`${rule}\``)
})

test('every check between fields of a request or a policy stands there in its own words', () => {
  const ofKinds = [policySchema(KIND_LABELS), campaignTemplateSchema(z.enum(KIND_CODES))]
  const schemas = [...modules.flatMap((module) => Object.values(module)), ...ofKinds]
  const sentences = customMessages(schemas)
  expect(sentences.length).toBeGreaterThan(6)
  for (const sentence of sentences) expect(text).toContain(sentence)
})

test('every check between settings stands there in its own words, with the settings it names, and no other', () => {
  const from = tables.findLastIndex(([settings]) => settings === '设置') + 2
  const listed = tables
    .slice(from)
    .map(([settings = '', why]) => [
      [...settings.matchAll(/`([A-Z_]+)(?:=on)?`/g)].map(([, name]) => name),
      why,
    ])
  expect(listed).toEqual(TOGETHER.map(({ settings, why }) => [settings, why]))
})

test('every refusal it names is one of ours', () => {
  const named = tables.filter(([request]) => /^(`(POST|PUT|GET)|改|新|修|重)/.test(request ?? ''))
  const refusals = named.flatMap(([, , codes = '']) =>
    [...codes.matchAll(/`([a-z-]+…?)`/g)].map(([, code]) => code),
  )
  expect(refusals.length).toBeGreaterThan(30)
  expect(refusals.filter((code) => !REFUSALS.has(code ?? ''))).toEqual([])
})

test('which action goes with which state is what decides it', () => {
  const said = new Map(tables.map(([state = '', ...marks]) => [state, marks]))
  expect(said.get('状态')).toEqual(INPUTS.map(({ action }) => action))
  expect(INPUTS.map(({ action }) => action)).toEqual(codesOf(ACTIONS))
  for (const state of codesOf(STATE_LABELS))
    expect([state, said.get(`\`${state}\``)]).toEqual([
      state,
      INPUTS.map((input) => (refusalOf(state, input) === null ? '✓' : '')),
    ])
})

const TO_WORDS = { ...STATE_LABELS, before: '暂停以前的', earlier: '撤回以前的' }
const BEGINS_WORDS = { ...STAGE_LABELS, before: '暂停的那一段' }

test('what each action is stands there as its row of the table', () => {
  const listed = new Map(tables.map(([code = '', ...rest]) => [code, rest]))
  for (const code of codesOf(ACTIONS)) {
    const { label, by, permission, fields, to, begins, inverse, undoable } = actionRule(code)
    const written = fields.map((field) => {
      const { label: name, missing } = ACTION_FIELDS[field]
      return missing ? `${name}(必填)` : name
    })
    expect([code, listed.get(`\`${code}\``)]).toEqual([
      code,
      [
        ...[label, ACTION_BY_LABELS[by], `\`${permission}\``, written.join('、')],
        ...[to === null ? '不变' : TO_WORDS[to], begins === null ? '' : BEGINS_WORDS[begins]],
        inverse === null ? '' : `\`${inverse}\``,
        undoable ? `${UNDO_MINUTES} 分钟内` : '',
      ],
    ])
  }
})
