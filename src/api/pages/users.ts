import type { FastifyReply, FastifyRequest } from 'fastify'
import { newUser, TEST_MAIL_WORDS, userAction } from '../../contract/api/users.ts'
import { allOffices } from '../../services/people/offices.ts'
import { readQuietDays } from '../../domain/people/quiet-days.ts'
import { countiesWhere, isUnder } from '../../domain/people/permissions.ts'
import { dayOf } from '../../domain/time/days.ts'
import { type Changed, addAccount, changeAccount, readAccounts, type Shown } from '../people/accounts.ts'
import { mailTest } from '../people/test-mail.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError } from '../http/errors.ts'
import { readPeople } from '../people/people.ts'
import { actorOf, asOfOf } from '../plugins/actor.ts'
import type { Routes } from '../http/route-types.ts'
import { accountActionForm, contactForm, newAccountForm, usersAddress } from './forms.ts'
import { send } from './send.ts'
import { type UsersView } from './users-words.ts'
import { usersPage } from './users-view.ts'
import { type Deed, doneWords, type Places } from './users-words.ts'

const config = { permission: 'users:manage' } as const
const hide = true
const UNFIT = '有的内容没有填对:请核对邮箱、单位、角色和日期。'
const UNFIT_CONTACT = '有的内容没有填对:请核对姓名、邮箱和电话;免打扰日写成“周三、周五”。'

type Typed = NonNullable<UsersView['typed']>
/** `good`: all went well. An action may be done and its mail still fail. */
type Said = NonNullable<UsersView['said']> & { done: boolean }
/** The action that a form asks for; null when it fits none. */
type Wanted = { deed: Deed; work: Promise<Changed> } | null

type Shows = Pick<UsersView, 'q'> & { said?: Said | null; typed?: Typed | null; contact?: string }

/** Accounts for the administrator, as the API keeps them. */
export function userPages(app: Routes, deps: ApiDeps): void {
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { q, said = null, typed = null, contact = '' }: Shows,
  ) => {
    const wrong = said !== null && !said.done
    const known = await readView(request, deps, q)
    const edited = typed?.form === 'contact' && wrong ? typed.person : contact
    const editing = known.all.find(({ id }) => id === edited && id !== known.self) ?? null
    const view = { ...known, said, editing, typed: wrong ? typed : null }
    return send(reply.code(wrong ? 422 : 200), usersPage(view))
  }
  const tell = async (
    request: FastifyRequest,
    reply: FastifyReply,
    wanted: Wanted,
    q: string,
    typed: Typed | null,
    unfit = UNFIT,
  ) => {
    const said = wanted === null ? refusedWords(unfit) : await runAndDescribe(request, wanted)
    return answer(request, reply, { q, said, typed })
  }

  app.get('/users', { config, schema: { hide, querystring: usersAddress } }, (request, reply) =>
    answer(request, reply, request.query),
  )

  app.post('/users', { config, schema: { hide, body: newAccountForm } }, (request, reply) => {
    const { q, ...typed } = request.body
    const { success, data } = newUser.safeParse(typed)
    const wanted = success
      ? { deed: { action: 'add', ...data } as const, work: addAccount(request, deps, data) }
      : null
    return tell(request, reply, wanted, q, { form: 'new', ...typed })
  })

  app.post(
    '/users/actions',
    { config, schema: { hide, body: accountActionForm } },
    async (request, reply) => {
      const { q, person, action, ...fields } = request.body
      if (action === 'test-mail')
        return answer(request, reply, { q, said: await testAndDescribe(request, deps, person) })
      const { success, data } = userAction.safeParse(fieldsOf({ action, ...fields }))
      const wanted = success ? { deed: data, work: changeAccount(request, deps, person, data) } : null
      const typed = action === 'grant-role' ? ({ form: 'grant', person, ...fields } as const) : null
      return tell(request, reply, wanted, q, typed)
    },
  )

  app.post('/users/contact', { config, schema: { hide, body: contactForm } }, (request, reply) => {
    const { q, ...typed } = request.body
    const { person, quiet, ...fields } = typed
    const asked = { action: 'change-contact', ...fields, quietDays: readQuietDays(quiet) }
    const { success, data } = userAction.safeParse(asked)
    const wanted = success ? { deed: data, work: changeAccount(request, deps, person, data) } : null
    return tell(request, reply, wanted, q, { form: 'contact', ...typed }, UNFIT_CONTACT)
  })
}

async function readView(request: FastifyRequest, deps: ApiDeps, q: string) {
  const all = await readAccounts(request, deps)
  const offices = await allOffices(request.db)
  const places = placesOf(offices)
  const actor = actorOf(request)
  const counties = countiesWhere(actor, 'users:manage')
  return {
    ...{ all, q, places, self: actor.id, users: all.filter((user) => isMeant(user, q, places)) },
    offices: offices.filter((o) => counties.some((county) => isUnder(o.code, county))),
    today: dayOf(asOfOf(request).now),
    away: new Set((await readPeople(request.db)).filter((p) => p.absence?.away).map(({ id }) => id)),
  }
}

function placesOf(offices: readonly { code: string; name: string }[]): Places {
  return new Map(offices.map((o) => [o.code, o.name]))
}

/** Finds people whose name, address or office contains every word, in any case. */
function isMeant({ name, email, roles }: Shown, q: string, places: Places): boolean {
  const text = [name, email, ...roles.map((r) => places.get(r.office) ?? '')].join(' ').toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Only a grant has a term; other empty fields count as absent. */
function fieldsOf(form: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).flatMap(([name, text]) => (text ? [[name, text]] : [])))
}

/**
 * Conflicts are shown on the page; a refused permission is refused as everywhere, and stands in the audit trail.
 */
async function runAndDescribe(request: FastifyRequest, { deed, work }: NonNullable<Wanted>): Promise<Said> {
  try {
    const changed = await work
    const words = doneWords(changed, deed, placesOf(await allOffices(request.db)))
    return { done: true, good: changed.linkMailed !== false, words }
  } catch (error) {
    if (error instanceof ApiError && [409, 422].includes(error.status)) return refusedWords(error.detail)
    throw error
  }
}

/** The words of the mail server are shown as they came. */
async function testAndDescribe(request: FastifyRequest, deps: ApiDeps, person: string): Promise<Said> {
  try {
    const { fate, reply, to } = await mailTest(request, deps, person)
    const words = `给 ${to} 的测试邮件:${TEST_MAIL_WORDS[fate]}(${reply})。`
    return { done: true, good: fate === 'accepted', words }
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return refusedWords(error.detail)
    throw error
  }
}

function refusedWords(words: string): Said {
  return { done: false, good: false, words }
}
