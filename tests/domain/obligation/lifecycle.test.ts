import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantAt } from '../../../src/domain/time/days.ts'
import { type ActionCode, ACTIONS, actionRule } from '../../../src/domain/obligation/actions.ts'
import {
  type ActionInput,
  type Applied,
  applyAction as applyWithCheck,
  type ObligationState,
  type ResultCheck,
} from '../../../src/domain/obligation/lifecycle.ts'
import {
  codesOf,
  isClosed,
  type Stage,
  type State,
  STATE_LABELS,
} from '../../../src/domain/obligation/vocabulary.ts'

const DUE = instantAt('2022-06-11', '00:00')
const BEFORE = DUE - 1
const acceptAny: ResultCheck = () => null
const acceptNone: ResultCheck = () => ({ refused: 'outcome-required', message: '请选择一个结论。' })
const applyAction = (at: ObligationState, input: ActionInput, now: number) =>
  applyWithCheck(at, input, now, acceptAny)
const CENTRE = { roles: ['relief-centre' as const], office: 'relief', why: null }
const OPEN: ObligationState = {
  state: 'open',
  holder: { stage: 'perform', office: 'maoba', dueAt: DUE },
  acknowledgedAt: null,
  withdrawn: false,
  waivable: true,
  performer: 'maoba',
  reviewer: 'relief',
  submittedBy: null,
  approvers: { suspension: CENTRE, extension: CENTRE },
  request: null,
  paused: null,
}
const inState = (state: State): ObligationState => ({
  ...OPEN,
  state,
  holder: isClosed(state) ? null : { ...OPEN.holder!, stage: turnIn(state) },
  paused: state === 'suspended' ? { state: 'returned', stage: 'redo' } : null,
})
const STEP = { action: 'acknowledge', by: 'pe_town', at: BEFORE, state: 'open', isFollowed: false } as const
const heldBy = (at: ObligationState, person: string | null): ObligationState => ({
  ...at,
  holder: at.holder && { ...at.holder, person },
})
const turnIn = (state: State) =>
  (({ submitted: 'review', returned: 'redo', suspended: 'pause' }) as Partial<Record<State, Stage>>)[state] ??
  'perform'
const SUBMIT: ActionInput = { action: 'submit', result: { outcome: 'dibao' } }
const INPUTS: Record<ActionCode, ActionInput> = {
  acknowledge: { action: 'acknowledge' },
  submit: SUBMIT,
  accept: { action: 'accept' },
  return: { action: 'return', reason: '材料不全' },
  waive: { action: 'waive', reason: '户主不愿公示' },
  cancel: { action: 'cancel', reason: '来源撤回' },
  reopen: { action: 'reopen', reason: '复查发现漏项' },
  suspend: { action: 'suspend', reasonCode: 'disaster', reason: '道路中断', until: '2022-06-20' },
  resume: { action: 'resume' },
  'request-extension': { action: 'request-extension', reason: '户主住院', days: 3 },
  'grant-extension': { action: 'grant-extension' },
  'refuse-extension': { action: 'refuse-extension', reason: '可以按期办完' },
  'offer-hand-over': { action: 'offer-hand-over', toOffice: 'donghe', reason: '户籍在洞河镇' },
  'accept-hand-over': { action: 'accept-hand-over' },
  'refuse-hand-over': { action: 'refuse-hand-over', reason: '户籍不在本镇' },
  'withdraw-hand-over': { action: 'withdraw-hand-over' },
  take: { action: 'take' },
  assign: { action: 'assign', person: 'pe_town' },
  'put-back': { action: 'put-back' },
  'record-contact': {
    action: 'record-contact',
    means: 'telephone',
    contacted: 'pe_town',
    contactedOn: '2022-06-15',
    said: '周五前办完',
    promisedOn: '2022-06-17',
  },
  undo: { action: 'undo' },
}
/** Only what was requested can be answered. */
const requested = (action: ActionCode) => action === 'grant-extension' || action === 'refuse-extension'
const offered = (action: ActionCode) => /^(accept|refuse|withdraw)-hand-over$/.test(action)
const asIn = (state: State, action: ActionCode): ObligationState => ({
  ...heldBy(inState(state), action === 'put-back' ? 'pe_town' : null),
  lastStep: action === 'undo' ? STEP : null,
  offer: offered(action) ? { to: 'donghe', offeredBy: 'pe_town' } : null,
  request: requested(action) ? { askedBy: 'pe_town' } : null,
})

describe('the life of an obligation', () => {
  const moves: [State, ActionCode, State, string | null][] = [
    ['open', 'acknowledge', 'open', null],
    ['open', 'submit', 'submitted', 'review'],
    ['open', 'waive', 'accepted', null],
    ['open', 'cancel', 'cancelled', null],
    ['submitted', 'accept', 'accepted', null],
    ['submitted', 'return', 'returned', 'redo'],
    ['submitted', 'cancel', 'cancelled', null],
    ['returned', 'acknowledge', 'returned', null],
    ['returned', 'submit', 'submitted', 'review'],
    ['returned', 'waive', 'accepted', null],
    ['returned', 'cancel', 'cancelled', null],
    ['suspended', 'cancel', 'cancelled', null],
    ['open', 'suspend', 'suspended', 'pause'],
    ['returned', 'suspend', 'suspended', 'pause'],
    ['suspended', 'resume', 'returned', 'redo'],
    ['open', 'request-extension', 'open', null],
    ['returned', 'request-extension', 'returned', null],
    ['open', 'grant-extension', 'open', null],
    ['returned', 'grant-extension', 'returned', null],
    ['open', 'refuse-extension', 'open', null],
    ['returned', 'refuse-extension', 'returned', null],
    ...(['offer-hand-over', 'accept-hand-over', 'refuse-hand-over', 'withdraw-hand-over'] as const).flatMap(
      (action): [State, ActionCode, State, null][] => [
        ['open', action, 'open', null],
        ['returned', action, 'returned', null],
      ],
    ),
    ...(['take', 'assign', 'put-back'] as const).flatMap((action): [State, ActionCode, State, null][] => [
      ['open', action, 'open', null],
      ['returned', action, 'returned', null],
      ['submitted', action, 'submitted', null],
    ]),
    ['open', 'record-contact', 'open', null],
    ['returned', 'record-contact', 'returned', null],
    ...codesOf(STATE_LABELS).map((state): [State, ActionCode, State, null] => [state, 'undo', 'open', null]),
    ['accepted', 'reopen', 'returned', 'redo'],
    ['cancelled', 'reopen', 'returned', 'redo'],
  ]

  it.each(moves)('%s: %s → %s, next stage %s', (state, action, next, startsStage) => {
    expect(applyAction(asIn(state, action), INPUTS[action], BEFORE)).toMatchObject({
      state: next,
      startsStage,
    })
  })

  it('every other action is refused with a sentence that says why', () => {
    const allowed = new Set(moves.map(([state, action]) => `${state} ${action}`))
    for (const state of codesOf(STATE_LABELS))
      for (const action of Object.values(INPUTS)) {
        if (allowed.has(`${state} ${action.action}`)) continue
        expect(applyAction(asIn(state, action.action), action, BEFORE)).toEqual({
          refused: `not-while-${state}`,
          message: expect.stringMatching(/^\p{Script=Han}.*。$/u) as string,
        })
      }
  })

  it('random actions never lead to a forbidden state', () => {
    const actions = fc.array(fc.constantFrom(...Object.values(INPUTS)), { maxLength: 40 })
    fc.assert(
      fc.property(fc.constantFrom(acceptAny, acceptNone), actions, (check, list) => {
        let at: ObligationState = OPEN
        for (const [i, action] of list.entries()) {
          const applied = applyWithCheck(at, action, DUE + i, check)
          if ('refused' in applied) continue
          at = follow(at, applied, DUE + i)
          // Somebody holds it exactly while it is not closed, and in the turn its state asks for.
          expect(at.holder?.stage ?? null).toBe(isClosed(at.state) ? null : turnIn(at.state))
        }
      }),
    )
  })
})

/** What the store does with an answer. */
function follow(at: ObligationState, applied: Applied, now: number): ObligationState {
  if (applied.endsAssignment) expect(at.holder).not.toBeNull()
  const kept = applied.endsAssignment ? null : at.holder
  if (applied.startsStage) expect(kept).toBeNull()
  const office = applied.startsStage === 'review' ? at.reviewer : at.performer
  const holder = applied.startsStage ? { stage: applied.startsStage, office, dueAt: now + 3 } : kept
  return {
    ...at,
    state: applied.state,
    holder,
    acknowledgedAt: applied.acknowledged ? now : at.acknowledgedAt,
    paused:
      applied.state === 'suspended' ? (at.paused ?? { state: at.state, stage: turnIn(at.state) }) : null,
  }
}

describe('more time', () => {
  const asked = { ...OPEN, request: { askedBy: 'pe_town' } }

  it('is asked for before the day is over, and once at a time', () => {
    expect(applyAction(OPEN, INPUTS['request-extension'], DUE)).toMatchObject({ refused: 'too-late' })
    expect(applyAction(asked, INPUTS['request-extension'], BEFORE)).toMatchObject({
      refused: 'already-requested',
    })
  })

  it('is answered where somebody asked, also after the day', () => {
    expect(applyAction(asked, INPUTS['grant-extension'], DUE)).toMatchObject({
      state: 'open',
      endsAssignment: false,
    })
    expect(applyAction(OPEN, INPUTS['grant-extension'], BEFORE)).toMatchObject({ refused: 'no-request' })
  })

  it('is answered before anything is suspended', () => {
    expect(applyAction(asked, INPUTS.suspend, BEFORE)).toMatchObject({ refused: 'request-pending' })
  })

  it('and a pause say how much', () => {
    expect(applyAction(OPEN, { ...INPUTS.suspend, until: '' } as ActionInput, BEFORE)).toMatchObject({
      refused: 'until-required',
      field: 'until',
    })
  })
})

describe('a hand-over', () => {
  const offer = { to: 'donghe', offeredBy: 'pe_town' }

  it('is offered once at a time, and nobody moves the day meanwhile', () => {
    const at = { ...OPEN, offer }
    expect(applyAction(at, INPUTS['offer-hand-over'], BEFORE)).toMatchObject({ refused: 'already-offered' })
    for (const action of ['suspend', 'request-extension'] as const)
      expect(applyAction(at, INPUTS[action], BEFORE)).toMatchObject({ refused: 'offer-pending' })
    expect(
      applyAction({ ...OPEN, request: { askedBy: 'pe_town' } }, INPUTS['offer-hand-over'], BEFORE),
    ).toMatchObject({
      refused: 'request-pending',
    })
  })

  it('is answered or withdrawn where somebody offered it, also after the day', () => {
    for (const action of ['accept-hand-over', 'refuse-hand-over', 'withdraw-hand-over'] as const) {
      expect(applyAction(OPEN, INPUTS[action], BEFORE)).toMatchObject({ refused: 'no-offer' })
      expect(applyAction({ ...OPEN, offer }, INPUTS[action], DUE)).toMatchObject({
        state: 'open',
        endsAssignment: false,
      })
    }
  })

  it('says to whom and why, and a person is named', () => {
    const nowhere = { ...INPUTS['offer-hand-over'], toOffice: '' } as ActionInput
    expect(applyAction(OPEN, nowhere, BEFORE)).toMatchObject({
      refused: 'office-required',
      field: 'toOffice',
    })
    expect(applyAction(OPEN, { action: 'assign', person: '' }, BEFORE)).toMatchObject({
      refused: 'person-required',
    })
    expect(applyAction(OPEN, INPUTS['put-back'], BEFORE)).toMatchObject({ refused: 'not-assigned' })
  })
})

describe('taking back', () => {
  const at = (more: object) => ({ ...OPEN, lastStep: { ...STEP, ...more } })

  it('is possible for ten minutes, while nothing came of it', () => {
    const minutes = (n: number) => BEFORE + n * 60_000
    expect(applyAction(at({ state: 'returned' }), INPUTS.undo, minutes(10))).toMatchObject({
      state: 'returned',
    })
    expect(applyAction(at({}), INPUTS.undo, minutes(10) + 1)).toMatchObject({ refused: 'undo-too-late' })
    expect(applyAction(at({ isFollowed: true }), INPUTS.undo, BEFORE)).toMatchObject({
      refused: 'acted-since',
    })
    expect(applyAction(OPEN, INPUTS.undo, BEFORE)).toMatchObject({ refused: 'nothing-to-undo' })
  })
})

describe('submitting', () => {
  it('is refused with the words of the check of its kind, once the state allows it', () => {
    expect(applyWithCheck(OPEN, SUBMIT, BEFORE, acceptNone)).toEqual(acceptNone({}))
    expect(applyWithCheck(inState('submitted'), SUBMIT, BEFORE, acceptNone)).toMatchObject({
      refused: 'not-while-submitted',
    })
  })

  it('submitting is possible after the due instant, and late from that instant on', () => {
    expect(applyAction(OPEN, SUBMIT, DUE - 1)).toMatchObject({ state: 'submitted', late: false })
    expect(applyAction(OPEN, SUBMIT, DUE)).toMatchObject({ state: 'submitted', late: true })
  })
})

describe('an action that needs a reason', () => {
  it.each(['return', 'cancel', 'reopen'] as const)('such as %s is refused without one', (action) => {
    const state = action === 'return' ? 'submitted' : action === 'cancel' ? 'open' : 'accepted'
    expect(applyAction(inState(state), { action, reason: '  ' }, BEFORE)).toMatchObject({
      refused: 'reason-required',
      message: '请写明原因。',
      field: 'reason',
    })
  })

  it('is told so before it is told about the state', () => {
    expect(applyAction(inState('accepted'), { action: 'cancel', reason: '' }, BEFORE)).toMatchObject({
      refused: 'reason-required',
    })
  })
})

it('an obligation is acknowledged once', () => {
  expect(applyAction({ ...OPEN, acknowledgedAt: BEFORE }, INPUTS.acknowledge, BEFORE)).toMatchObject({
    refused: 'already-acknowledged',
  })
})

it('only what its kind lets a leader close unfinished is waived', () => {
  expect(applyAction({ ...OPEN, waivable: false }, INPUTS.waive, BEFORE)).toMatchObject({
    refused: 'not-waivable',
  })
})

it('what was taken back with its import is not reopened', () => {
  expect(applyAction({ ...inState('cancelled'), withdrawn: true }, INPUTS.reopen, BEFORE)).toMatchObject({
    refused: 'withdrawn',
  })
})

it.each(codesOf(ACTIONS).filter((code) => actionRule(code).inverse !== null))(
  'the inverse of %s starts from where it leads',
  (code) => {
    const { to, from, inverse } = actionRule(code)
    if (to === null) return expect(actionRule(inverse!).from).toEqual(from)
    // What was paused goes back to where it could be paused.
    expect(actionRule(inverse!).from).toContain(to === 'before' ? asIn('suspended', code).paused?.state : to)
  },
)
