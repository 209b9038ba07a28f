import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { me } from '../../contract/api/own-session.ts'
import { accountOf } from '../../services/access/credentials.ts'
import { mustSetUpFirst, permissionsAwaitingSecondFactor } from '../../services/access/second-factor.ts'
import { permissionsAwaitingSignIn } from '../../services/access/trusted-device.ts'
import { allOffices, counties } from '../../services/people/offices.ts'
import { readClock } from '../../services/schedule/clock.ts'
import { actingOffices } from '../../domain/people/acting-offices.ts'
import { sectionsFor } from '../../domain/people/home-sections.ts'
import { type Actor, mayIn, PERMISSIONS } from '../../domain/people/permissions.ts'
import { ROLE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { shownClockOf } from '../../domain/time/clock.ts'
import { dayOf } from '../../domain/time/days.ts'
import type { ApiDeps } from '../http/deps.ts'
import { iso } from '../obligations/present.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'

type Me = z.infer<typeof me>

/** What is the same for everybody who asks this service. */
export function modesOf({ demo, inbox, openInbox }: ApiDeps): Pick<Me, 'demo' | 'trialMail' | 'openInbox'> {
  return { demo, trialMail: inbox !== null, openInbox: inbox !== null && openInbox }
}

/** Whoever asks, with all that the frame of a page shows of them. */
export async function readMe(request: FastifyRequest, deps: ApiDeps): Promise<Me> {
  const actor = actorOf(request)
  const { now } = asOfOf(request)
  const names = new Map((await allOffices(request.db)).map((o) => [o.code, o.name]))
  const officeOf = (code: string) => ({ code, name: names.get(code) ?? code })
  return {
    ...showActor(actor, officeOf),
    mustSetUpSecondFactor: mustSetUpFirst(actor),
    actingOffices: actingOffices(actor).map(officeOf),
    sections: sectionsFor(actor),
    counties: await countiesOf(request, actor),
    account: await ownAccountOf(actor, deps),
    language: 'zh-CN',
    clock: { now: iso(now), today: dayOf(now), shown: shownClockOf(await readClock(request.db)) },
    ...modesOf(deps),
  }
}

function showActor(actor: Actor, officeOf: (code: string) => { code: string; name: string }) {
  return {
    id: actor.id,
    name: actor.name,
    kind: actor.kind,
    roles: actor.heldRoles.map(({ office, role, onBehalfOf: behalf }) => ({
      office: officeOf(office),
      role,
      label: ROLE_LABELS[role],
      behalf,
    })),
    permissions: [...actor.permissions].map((code) => ({ code, label: PERMISSIONS[code] })),
    offices: actor.scope.offices,
    sessionId: actor.sessionId,
    secondFactor: actor.secondFactor,
    secondFactorNeeded: permissionsAwaitingSecondFactor(actor).size > 0,
    signInNeeded: permissionsAwaitingSignIn(actor).size > 0,
  }
}

async function countiesOf({ db }: FastifyRequest, actor: Actor): Promise<Me['counties']> {
  const theirs = (await counties(db)).filter(({ office }) => actor.scope.counties.includes(office))
  return theirs.map(({ office: code, name, mailState }) => ({
    ...{ code, name, mailState },
    mayOpenMail: mailState === 'preparing' && mayIn(actor, 'mail:open', code),
  }))
}

async function ownAccountOf({ kind, id }: Actor, { gate }: ApiDeps): Promise<Me['account']> {
  const found = kind === 'person' ? await accountOf(gate, id) : undefined
  if (!found) return null
  const { email, passwordHash, totpConfirmedWall } = found
  return { email, hasPassword: passwordHash !== null, secondFactor: totpConfirmedWall !== null }
}
