import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { NewObligation } from '../../contract/api/new-obligation.ts'
import { kindOf } from '../../kinds/kinds.ts'
import { newId } from '../../db/ids.ts'
import type { Office } from '../../services/people/offices.ts'
import { obligations } from '../../db/schema/index.ts'
import { columns, selectRow } from '../../db/select-columns.ts'
import { type Registration, registerObligations } from '../../services/obligations/register.ts'
import { reviewerOf } from '../../services/obligations/reviewer.ts'
import { type Keyring, encryptSubject } from '../../services/vault/encryption.ts'
import { addDays, type Day, dayOf, instantAt, type Instant } from '../../domain/time/days.ts'
import { codesOf, type Source, SOURCE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { Facts } from '../../kinds/kind.ts'
import { warningKey } from '../../domain/obligation/warning-key.ts'
import { idNoOf } from '../../ledgers/id-number.ts'
import { phoneOf } from '../../ledgers/phone.ts'
import { ApiError } from '../http/errors.ts'
import { placeOf } from './place.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'

/** Within 366 working days, the longest limit there is. */
const FARTHEST_DAYS = 500

/** Registers one obligation by hand (R5), through the one path all of them take. @returns its id */
export async function createObligation(
  request: FastifyRequest<{ Body: NewObligation }>,
  keys: Keyring,
): Promise<string> {
  const { body } = request
  const { id: actor, scope } = actorOf(request)
  const { now } = asOfOf(request)
  return request.db.transaction(async (tx, note) => {
    checkDays(body, dayOf(now))
    const { county, office, offices } = await placeOf(tx, body.office, scope)
    mustReach(request, 'obligations:register', office.code)
    note.county = county
    const registration = registrationOf(keys, body, { office, offices, once: onceOf(request) }, now)
    const fresh = await registerObligations(tx, { county, actor, now }, [registration])
    // Registered by this very request, whose answer got lost.
    const repeated = fresh === 0 && registration.externalId === null
    if (fresh === 0 && !repeated) throw new ApiError(409, 'exists', '台账中已有这个编号的事项。')
    const withKey = 'from obligations o where key = $1'
    const made = await selectRow(tx, columns(obligations, 'o', ['id']), withKey, [registration.key])
    note.subject = made?.id ?? ''
    const seen = 'twins' in body ? { twinsSeen: body.twins?.length ?? 0 } : {}
    note.detail = { kind: body.kind, office: body.office, ...seen }
    return note.subject
  })
}

/** What makes a registration without a number of its own the same one again: the caller's Idempotency-Key (decision 6). */
function onceOf(request: FastifyRequest): string {
  const given = request.headers['idempotency-key']
  if (typeof given !== 'string') return newId('ob')
  return createHash('sha256')
    .update(`${actorOf(request).id} ${given}`)
    .digest('base64url')
}

/** A limit of working days counts back to a day that was; work of one's own is due on a day to come. */
function checkDays(body: NewObligation, today: Day): void {
  const refuse = (field: string, message: string) => {
    throw new ApiError(422, 'bad-day', `日期不对:${message}。`, [{ pointer: `/body/${field}`, message }])
  }
  if (!('dueOn' in body)) {
    if (body.issuedOn && (body.issuedOn > today || body.issuedOn < addDays(today, -FARTHEST_DAYS)))
      refuse('issuedOn', '发现日期不能晚于今天,也不能早于一年多以前')
  } else if (body.dueOn < today || body.dueOn > addDays(today, FARTHEST_DAYS))
    refuse('dueOn', '到期日不能早于今天,也不能晚于一年多以后')
}

/** With whom something is done is its source, as of what a template begins. */
function partnerOf({ partner }: Facts): Source | null {
  return isSource(partner) ? partner : null
}

function isSource(code: unknown): code is Source {
  return codesOf(SOURCE_LABELS).some((source) => source === code)
}

function registrationOf(
  keys: Keyring,
  body: NewObligation,
  { office, offices, once }: { office: Office; offices: Office[]; once: string },
  now: Instant,
): Registration {
  const id = newId('ob')
  const { person } = body
  const common = {
    id,
    kind: body.kind,
    facts: {},
    phase: kindOf(body.kind).phase,
    office: office.code,
    reviewer: reviewerOf(office, offices),
    importId: null,
    contentHash: null,
    // Written like those of a ledger, so that looking a number up finds both.
    subject: person
      ? encryptSubject(keys, id, { ...person, idNo: idNoOf(person.idNo), phone: phoneOf(person.phone) })
      : null,
  }
  if ('dueOn' in body) {
    const { facts = {} } = body
    return {
      ...common,
      facts,
      key: `manual|${once}`,
      externalId: null,
      title: body.title,
      level: null,
      cause: null,
      group: null,
      source: partnerOf(facts),
      issuedAt: now,
      startOn: dayOf(now),
      fixedDueOn: body.dueOn,
    }
  }
  const { level, cause = null, group = null, source, externalId, issuedOn = dayOf(now) } = body
  return {
    ...common,
    key: externalId === undefined ? `discovery|${once}` : warningKey(externalId),
    externalId: externalId ?? null,
    title: body.title ?? kindOf(body.kind).title({ level, cause, facts: {} }),
    level,
    cause,
    group,
    source,
    issuedAt: issuedOn === dayOf(now) ? now : instantAt(issuedOn, '00:00'),
    startOn: issuedOn,
    fixedDueOn: null,
  }
}
