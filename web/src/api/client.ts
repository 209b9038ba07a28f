import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from '../../generated/api.d.ts'
import { UNATTENDED } from '../../../src/contract/unattended.ts'
import { takeAsked } from '../ahead/held.ts'
import { forgetDrawnBy } from '../session/drawn-pages.ts'
import { isUnattended } from '../session/attended.ts'
import { recordAnswer } from '../session/kept-answers.ts'
import { i18n } from '../words/index.ts'
import { Problem } from './problem.ts'

/** What the app does when the session is over; main.ts leads to the sign-in. */
export const onSignedOut = { run: (): void => undefined }

const attendance: Middleware = {
  onRequest({ request }) {
    forgetDrawnBy(request)
    if (isUnattended(location.pathname)) request.headers.set(UNATTENDED, '1')
  },
}

const refusals: Middleware = {
  async onResponse({ response, request }) {
    recordAnswer(response, request.url)
    if (response.ok || response.status === 304) return
    if (response.status === 401 && !request.url.includes('/v1/session')) onSignedOut.run()
    throw new Problem(response.status, await bodyOf(response))
  },
  onError() {
    return new Problem(0, { code: 'offline', detail: i18n.global.t('state.unreachable') })
  },
}

/** As the page opens, its first answers are under way already. */
const fetchOrTake = async (request: Request) => (await takeAsked(request)) ?? fetch(request)

/** The API of the same host, typed by its own document. Every refusal is thrown as a Problem. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin', fetch: fetchOrTake })
api.use(attendance, refusals)

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('json'))
    return { detail: i18n.global.t('state.unexplained', { status: response.status }) }
  return (await response.json()) as Record<string, unknown>
}

/** The body of an answer; a refusal has been thrown before. */
export async function bodyFrom<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T
}
