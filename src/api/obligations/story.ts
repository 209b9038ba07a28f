import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { story } from '../../contract/api/story.ts'
import { upcomingOf, type UpcomingMoment } from '../../services/deadlines/upcoming.ts'
import { actedOnById } from '../../services/obligations/acted-on.ts'
import { openDeadlineOf } from '../../services/obligations/open-deadline.ts'
import { type ContactRow, contactsOf } from '../../services/obligations/contacts.ts'
import { type Link, linksOf } from '../../services/obligations/follow-links.ts'
import { type Told, type ToldMoment, toldMomentsOf } from '../../services/obligations/told-story.ts'
import { toldOnce } from '../../services/obligations/told-once.ts'
import { type Posts, postsOf } from '../../services/people/posts.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import type { Audience } from '../../domain/escalation/audience.ts'
import { TOLD_FATE_LABELS, toldFateOf } from '../../domain/escalation/mail-fate.ts'
import { momentLabel } from '../../domain/escalation/moment-label.ts'
import { eventLabel } from '../../domain/obligation/event-labels.ts'
import { CONTACT_MEANS_LABELS } from '../../domain/obligation/request-words.ts'
import { ROLE_LABELS, STATE_LABELS } from '../../domain/obligation/vocabulary.ts'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { postsAsTold } from '../../domain/people/posts-as-told.ts'
import { type Day, dayOf, type Instant } from '../../domain/time/days.ts'
import { isProvisional } from '../../domain/time/provisional.ts'
import { notFound } from '../http/errors.ts'
import { actorOf } from '../plugins/actor.ts'
import { shownHistory, type ShownStep } from './history.ts'
import { iso, isoOrNull } from './present.ts'
import type { ReferenceData } from './reference-data.ts'

type Story = z.infer<typeof story>

/** What happened to an obligation, who was told, and what comes next. @throws ApiError 404 */
export async function readStory(
  request: FastifyRequest<{ Params: { id: string } }>,
  keys: Keyring,
  known: ReferenceData,
): Promise<Story> {
  const { db, params } = request
  const steps = await shownHistory(keys, request, params.id)
  if (steps.length === 0) throw notFound('事项')
  const moments = toldOnce(await toldMomentsOf(db, params.id))
  const contacts = await contactsOf(db, params.id)
  const { permissions } = actorOf(request)
  const mails = permissions.has('mails:read')
  const deadlineId = await openDeadlineOf(db, params.id)
  const ahead = deadlineId === null ? [] : await upcomingOf(db, deadlineId, known.now)
  const links = await linksOf(db, params.id)
  const named = [
    ...moments.flatMap(({ told }) => told.map(({ person }) => person)),
    ...ahead.flatMap(({ recipients }) => recipients.map(({ personId }) => personId)),
  ]
  const seen = permissions.has('directory:read') ? [...new Set(named)] : []
  const posts = await postsOf(db, seen, dayOf(known.now))
  const office = (await actedOnById(db, params.id))?.office ?? ''
  const reached = (id: string, audience: Audience | null) =>
    showPosts(posts.get(id), { audience, office }, known)
  const items = [
    ...steps.map((step) => [step.at, showStep(step, contacts.get(step.id), known.now)] as const),
    ...moments.map((moment) => [moment.at, showMoment(moment, mails, reached)] as const),
  ]
  return {
    now: iso(known.now),
    deadlineId,
    followsFrom: links.followsFrom && showLink(links.followsFrom),
    followedBy: links.followedBy.map(showLink),
    // What somebody did stands before whoever was told of it at the same instant.
    items: items.sort(([a], [b]) => a - b).map(([, item]) => item),
    upcoming: ahead.map((moment) => showUpcoming(moment, known, reached)),
  }
}

function showLink({ id, kind, title, state, dueOn }: Link): Story['followedBy'][number] {
  const labels = { kind: KIND_LABELS[kind], state: STATE_LABELS[state] }
  return { id, kind, title, state, dueOn, labels }
}

function showStep(
  { at, action, actor, actorName, state, detail, text }: ShownStep,
  contact: ContactRow | undefined,
  now: Instant,
): Story['items'][number] {
  return {
    ...{ what: 'event' as const, at: iso(at), code: action, label: eventLabel(action) },
    ...{ actor: { id: actor, name: actorName }, state, detail, text },
    contact: contact ? showContact(contact, dayOf(now)) : null,
  }
}

/** Who was told beside the mails. */
function showContact(
  { person: id, personName: name, means, contactedOn, promisedOn, isKept }: ContactRow,
  today: Day,
) {
  return {
    ...{ person: { id, name }, means, label: CONTACT_MEANS_LABELS[means], contactedOn, promisedOn },
    kept: isKept,
    isOver: promisedOn !== null && promisedOn < today,
  }
}

type Reached = (id: string, audience: Audience | null) => ReturnType<typeof showPosts>

/** Where somebody is reached today. `office`: that of the item. */
function showPosts(
  found: Posts | undefined,
  { audience, office }: { audience: Audience | null; office: string },
  { names }: ReferenceData,
) {
  const called = audience !== null && 'roles' in audience ? audience.roles : []
  return {
    phone: found?.phone ?? null,
    posts: postsAsTold(found?.posts ?? [], called, office).map(({ office: code, role }) => ({
      ...{ office: { code, name: names.office(code) }, role, label: ROLE_LABELS[role] },
    })),
  }
}

function showMoment(
  { at, moment, form, told }: ToldMoment,
  mails: boolean,
  reached: Reached,
): Story['items'][number] {
  return {
    ...{ what: 'moment' as const, at: iso(at), code: moment, label: momentLabel(form), form },
    told: told.map((one) => showTold(one, mails, reached)),
  }
}

/** The mail itself, and what a server said of it, are for whoever may read mails. */
function showTold({ person, name, audience, line, roundAt, mail }: Told, mails: boolean, reached: Reached) {
  const seen = mails ? mail : null
  const fate = toldFateOf(line, mail)
  return {
    person: { id: person, name, ...reached(person, audience) },
    ...{ audience, fate, label: TOLD_FATE_LABELS[fate] },
    ...{ roundAt: isoOrNull(roundAt), mailId: seen?.id ?? null, reply: seen?.reply ?? null },
  }
}

function showUpcoming(
  { at, name, form, recipients }: UpcomingMoment,
  { names, calendar }: ReferenceData,
  reached: Reached,
) {
  return {
    ...{ at: iso(at), code: name, label: momentLabel(form), form },
    provisional: isProvisional(dayOf(at), calendar),
    to: recipients.map(({ personId: id, audience }) => ({
      person: { id, name: names.person(id), ...reached(id, audience) },
      audience,
    })),
  }
}
