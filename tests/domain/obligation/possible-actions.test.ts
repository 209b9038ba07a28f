import { describe, expect, it } from 'vitest'
import { ACTIONS } from '../../../src/domain/obligation/actions.ts'
import { refusalFor } from '../../../src/domain/obligation/action-rights.ts'
import {
  type ActionInput,
  applyAction,
  type ObligationState,
} from '../../../src/domain/obligation/lifecycle.ts'
import { possibleActions } from '../../../src/domain/obligation/possible-actions.ts'
import { codesOf, isClosed, type State, STATE_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import { actorWith, CENTRE, heldRole, TOWN } from '../../support/actors.ts'

const DUE = 1_000
const approver = { roles: ['relief-centre' as const], office: CENTRE, why: null }
const stageIn = { open: 'perform', suspended: 'pause', returned: 'redo', submitted: 'review' } as const
const obligation = (state: State): ObligationState => ({
  state,
  holder:
    isClosed(state) || !(state in stageIn)
      ? null
      : {
          stage: stageIn[state as keyof typeof stageIn],
          office: state === 'submitted' || state === 'suspended' ? CENTRE : TOWN,
          dueAt: DUE,
        },
  acknowledgedAt: null,
  withdrawn: false,
  waivable: false,
  performer: TOWN,
  reviewer: CENTRE,
  submittedBy: state === 'submitted' ? 'pe_other' : null,
  approvers: { suspension: approver, extension: approver },
  request: null,
  paused: state === 'suspended' ? { state: 'open', stage: 'perform' } : null,
})
const officer = actorWith(heldRole('town-officer', TOWN))
const centre = actorWith(heldRole('relief-centre', CENTRE))
const allowed = (who: typeof officer, at: ObligationState) =>
  possibleActions(who, at, 0).flatMap(({ action, refusal }) => (refusal === null ? [action] : []))
const INPUTS: ActionInput[] = [
  { action: 'acknowledge' },
  { action: 'submit', result: {} },
  { action: 'accept' },
  { action: 'return', reason: '材料不全' },
  { action: 'cancel', reason: '来源撤回' },
  { action: 'reopen', reason: '复查发现漏项' },
  { action: 'suspend', reasonCode: 'disaster', reason: '道路中断', until: '2022-06-20' },
  { action: 'resume' },
  { action: 'request-extension', reason: '户主住院', days: 2 },
  { action: 'grant-extension' },
  { action: 'refuse-extension', reason: '可以按期办完' },
  { action: 'offer-hand-over', toOffice: 'sn.ak.zy.donghe', reason: '户籍在洞河镇' },
  { action: 'accept-hand-over' },
  { action: 'refuse-hand-over', reason: '户籍不在本镇' },
  { action: 'withdraw-hand-over' },
  { action: 'take' },
  { action: 'assign', person: 'pe_other' },
  { action: 'put-back' },
  {
    action: 'record-contact',
    means: 'visit',
    contacted: 'pe_other',
    contactedOn: '2022-06-15',
    said: '周五前办完',
  },
  { action: 'undo' },
]

describe('what may be done now', () => {
  it('to an open obligation: the town signs, submits or asks for more time, the centre cancels or suspends', () => {
    expect(allowed(officer, obligation('open'))).toEqual([
      ...['acknowledge', 'submit', 'request-extension', 'offer-hand-over', 'take', 'assign'],
    ])
    expect(allowed(centre, obligation('open'))).toEqual(['cancel', 'suspend', 'record-contact'])
  })

  it('to one for which more time was requested: the centre answers', () => {
    const asked = { ...obligation('open'), request: { askedBy: 'pe_other' } }
    expect(allowed(officer, asked)).toEqual(['acknowledge', 'submit', 'take', 'assign'])
    expect(allowed(centre, asked)).toEqual([
      ...['cancel', 'grant-extension', 'refuse-extension', 'record-contact'],
    ])
  })

  it('to one that is offered to another office: that office or whoever manages both answers, and nobody moves its day', () => {
    const offer = { to: 'sn.ak.zy.donghe', offeredBy: 'pe_other' }
    const offered = { ...obligation('open'), offer }
    const receiver = actorWith(heldRole('town-officer', offer.to))
    expect(allowed(officer, offered)).toEqual([
      'acknowledge',
      'submit',
      'withdraw-hand-over',
      'take',
      'assign',
    ])
    expect(allowed(receiver, offered)).toEqual(['accept-hand-over', 'refuse-hand-over'])
    expect(allowed(centre, offered)).toEqual([
      ...['cancel', 'accept-hand-over', 'refuse-hand-over', 'record-contact'],
    ])
    expect(allowed(receiver, obligation('open'))).toEqual([])
    expect(allowed(receiver, { ...offered, offer: { ...offer, offeredBy: receiver.id } })).toEqual([])
  })

  it('to one that somebody has just acted on: they alone take it back', () => {
    const lastStep = { action: 'submit', by: officer.id, at: 0, state: 'open', isFollowed: false } as const
    const done = { ...obligation('submitted'), lastStep }
    expect(allowed(officer, done)).toEqual(['undo'])
    const another = { ...officer, id: 'pe_another' }
    expect(allowed(another, done)).toEqual([])
    expect(refusalFor(another, 'undo', done)?.message).toBe('只有刚才办理的本人可以撤回。')
  })

  it('to a paused one: whoever may approve a pause ends it, or it is cancelled', () => {
    expect(allowed(officer, obligation('suspended'))).toEqual([])
    expect(allowed(centre, obligation('suspended'))).toEqual(['cancel', 'resume'])
  })

  it('to one under review: the centre accepts, returns or cancels', () => {
    expect(allowed(officer, obligation('submitted'))).toEqual([])
    expect(allowed(centre, obligation('submitted'))).toEqual(['accept', 'return', 'cancel', 'take', 'assign'])
  })

  it('to a closed one: the centre reopens it', () => {
    expect(allowed(officer, obligation('accepted'))).toEqual([])
    expect(allowed(centre, obligation('accepted'))).toEqual(['reopen'])
  })

  it('names every action, with a sentence for each that is refused', () => {
    for (const state of codesOf(STATE_LABELS)) {
      const list = possibleActions(officer, obligation(state), 0)
      expect(list.map(({ action }) => action)).toEqual(codesOf(ACTIONS))
      for (const { refusal } of list) if (refusal) expect(refusal.message).toMatch(/^\p{Script=Han}.*。$/u)
    }
  })

  it('is what the rights and the lifecycle answer to the action itself', () => {
    for (const state of codesOf(STATE_LABELS))
      for (const who of [officer, centre])
        for (const input of INPUTS) {
          const at = obligation(state)
          const right = refusalFor(who, input.action, at)
          const done = right ?? applyAction(at, input, 0, () => null)
          expect([state, ...allowed(who, at)].includes(input.action)).toBe(!('refused' in done))
        }
  })

  it('says whether it would be late', () => {
    const late = (now: number) =>
      possibleActions(officer, obligation('open'), now).find(({ action }) => action === 'submit')?.late
    expect([late(DUE - 1), late(DUE)]).toEqual([false, true])
  })
})
