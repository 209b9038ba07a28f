import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from '../../generated/api.d.ts'
import { Problem } from './problem.ts'

/** What the app does when the session is over; main.ts leads to the sign-in. */
export const onSignedOut = { run: (): void => undefined }

const refusals: Middleware = {
  async onResponse({ response, request }) {
    if (response.ok || response.status === 304) return
    if (response.status === 401 && !request.url.includes('/v1/session')) onSignedOut.run()
    throw new Problem(response.status, await bodyOf(response))
  },
  onError() {
    return new Problem(0, { code: 'offline', detail: '没有连上服务器。请检查网络;写下的内容没有丢。' })
  },
}

/** The API of the same host, typed by its own document. Every refusal is thrown as a Problem. */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' })
api.use(refusals)

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('json')) return { detail: `服务器没有给出说明(HTTP ${response.status})。请稍后再试。` }
  return (await response.json()) as Record<string, unknown>
}

/** The body of an answer; a refusal has been thrown before. */
export async function bodyFrom<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T
}
