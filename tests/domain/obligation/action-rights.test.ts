import { expect, test } from 'vitest'
import { actsOnBehalfOf, refusalFor } from '../../../src/domain/obligation/action-rights.ts'
import { ACTIONS, actionRule } from '../../../src/domain/obligation/actions.ts'
import { systemActor } from '../../../src/domain/obligation/system-actor.ts'
import { codesOf, ROLE_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import { ROLE_PERMISSIONS } from '../../../src/domain/people/permissions.ts'
import { actorWith, CENTRE, heldRole, TOWN } from '../../support/actors.ts'

const approver = { roles: ['relief-centre' as const], office: CENTRE, why: null }
const submitted = {
  approvers: { suspension: approver, extension: approver },
  request: null as { askedBy: string } | null,
  performer: TOWN,
  reviewer: CENTRE,
  holder: { stage: 'review' as const, office: CENTRE, dueAt: 0 },
  submittedBy: 'pe_other',
}
const open = {
  ...submitted,
  holder: { stage: 'perform' as const, office: TOWN, dueAt: 0 },
  submittedBy: null,
}
const DECIDES = ['suspend', 'resume', 'grant-extension', 'refuse-extension']
/** Nothing is offered here: whoever performs could answer too, were it not for the lifecycle. */
const GIVES = ['offer-hand-over', 'accept-hand-over', 'refuse-hand-over', 'withdraw-hand-over']
const ANSWERS = ['accept-hand-over', 'refuse-hand-over']
const NAMES = ['take', 'assign', 'put-back']
const forbidden = (sentence: string) => ({
  refused: 'forbidden',
  message: expect.stringContaining(sentence) as string,
})
const officer = actorWith(heldRole('town-officer', TOWN))
const centre = actorWith(heldRole('relief-centre', CENTRE))

test('what an office owes is done by people of that office, what it reviews by people of the reviewer', () => {
  const may = (who: typeof officer, at: typeof submitted | typeof open) =>
    codesOf(ACTIONS).filter((action) => refusalFor(who, action, at) === null)
  expect(may(officer, open)).toEqual([
    'acknowledge',
    'submit',
    'request-extension',
    ...GIVES,
    ...NAMES,
    'undo',
  ])
  expect(may(centre, open)).toEqual([
    ...['accept', 'return', 'cancel', 'reopen', ...DECIDES, ...ANSWERS, 'record-contact', 'undo'],
  ])
  expect(may(officer, submitted)).toEqual(['submit', 'request-extension', ...GIVES, 'undo'])
  expect(may(centre, submitted)).toEqual([
    ...[
      'acknowledge',
      'accept',
      'return',
      'cancel',
      'reopen',
      ...DECIDES,
      ...ANSWERS,
      ...NAMES,
      'record-contact',
      'undo',
    ],
  ])
  expect(refusalFor(centre, 'submit', open)).toEqual(forbidden('承办单位的人'))
  expect(refusalFor(actorWith(heldRole('bureau-leader', 'sn.ak.zy')), 'accept', submitted)).toEqual(
    forbidden('复核单位的人'),
  )
})

test('who manages here does not manage in another county they may read', () => {
  const two = actorWith(heldRole('relief-centre', CENTRE), heldRole('auditor', 'sn.ak.qx'))
  expect(refusalFor(two, 'cancel', submitted)).toBeNull()
  expect(refusalFor(two, 'cancel', { ...submitted, performer: 'sn.ak.qx.yi' })).toEqual(
    forbidden('不在您管理的范围内'),
  )
})

test('nobody accepts what they handed in; sending it back they may', () => {
  const own = { ...submitted, submittedBy: 'pe_me' }
  expect(refusalFor(centre, 'accept', submitted)).toBeNull()
  expect(refusalFor(centre, 'accept', own)).toEqual(forbidden('自己提交的'))
  expect(refusalFor(centre, 'return', own)).toBeNull()
})

test('it is said in whose place something is done, unless a role of their own allows it', () => {
  const substitute = heldRole('relief-centre', CENTRE, 'pe_absent')
  const town = heldRole('town-officer', TOWN)
  expect(actsOnBehalfOf(actorWith(town, substitute), 'accept', submitted)).toBe('pe_absent')
  expect(
    actsOnBehalfOf(actorWith(heldRole('relief-centre', CENTRE), substitute), 'accept', submitted),
  ).toBeNull()
  expect(actsOnBehalfOf(officer, 'accept', submitted)).toBeNull()
})

test.each(codesOf(ROLE_LABELS))(
  '%s, if it may do any action, has the permission the route of actions declares',
  (role) => {
    const granted = ROLE_PERMISSIONS[role]
    const mayAct = codesOf(ACTIONS).some((code) => granted.includes(actionRule(code).permission))
    expect(granted.includes('obligations:act')).toBe(mayAct)
  },
)

test('the auditor and the administrator may do nothing to an obligation', () => {
  for (const role of ['auditor', 'administrator'] as const)
    for (const action of codesOf(ACTIONS))
      expect(refusalFor(actorWith(heldRole(role, CENTRE)), action, open)).toEqual(forbidden('您的角色'))
})

test('who decides about a pause or an extension is a role of the policy, in its office; the leader stands above it', () => {
  const leader = actorWith(heldRole('bureau-leader', 'sn.ak.zy'))
  const byLeader = {
    roles: ['bureau-leader' as const],
    office: 'sn.ak.zy',
    why: '已经暂停 2 次,再暂停由分管局领导决定。',
  }
  const red = { ...open, approvers: { suspension: byLeader, extension: byLeader } }
  expect(refusalFor(leader, 'suspend', open)).toBeNull()
  expect(refusalFor(leader, 'suspend', red)).toBeNull()
  expect(refusalFor(centre, 'suspend', red)).toEqual(forbidden('再暂停由分管局领导决定'))
  expect(refusalFor(officer, 'suspend', open)).toEqual(forbidden('您的角色'))
  expect(refusalFor(actorWith(heldRole('relief-centre', 'sn.ak.qx.relief')), 'suspend', open)).toEqual(
    forbidden('这件事由救助中心决定'),
  )
})

test('nobody answers the request that they made themselves', () => {
  const both = actorWith(heldRole('town-officer', TOWN), heldRole('relief-centre', CENTRE))
  const asked = { ...open, request: { askedBy: 'pe_me' } }
  expect(refusalFor(both, 'grant-extension', asked)).toEqual(forbidden('自己申请的延期'))
  expect(refusalFor(both, 'refuse-extension', asked)).toEqual(forbidden('自己申请的延期'))
  expect(refusalFor(both, 'grant-extension', { ...open, request: { askedBy: 'pe_other' } })).toBeNull()
})

test('a key acts for the offices of its scope alone, whatever else it is shown', () => {
  const OTHER = 'sn.ak.zy.donghe'
  const keyOf = (...offices: string[]) => ({
    ...systemActor('ak_x'),
    everywhere: false,
    scope: { offices, counties: [] },
  })
  const offered = { ...open, offer: { to: OTHER, offeredBy: 'pe_other' } }
  for (const action of ['submit', 'acknowledge', 'withdraw-hand-over', 'cancel'] as const) {
    expect([action, refusalFor(keyOf(OTHER), action, offered)]).toEqual([
      action,
      forbidden('不在这个接口密钥的范围内'),
    ])
    expect([action, refusalFor(keyOf(TOWN), action, offered)]).toEqual([action, null])
  }
  expect(refusalFor(keyOf(OTHER), 'accept-hand-over', offered)).toBeNull()
  expect(refusalFor(keyOf(TOWN), 'accept-hand-over', offered)).toEqual(forbidden('不在这个接口密钥的范围内'))
  expect(refusalFor(keyOf(TOWN), 'accept', submitted)).toEqual(forbidden('不在这个接口密钥的范围内'))
  expect(refusalFor(systemActor('demo'), 'submit', offered)).toBeNull()
})
