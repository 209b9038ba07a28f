import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'

/** Thrown when the API does not answer with success; it contains the words of the problem document. */
export class ApiRefused extends Error {
  readonly status: number
  constructor(status: number, what: string, body: string) {
    super(`${what}: HTTP ${status} ${body.slice(0, 500)}`)
    this.name = 'ApiRefused'
    this.status = status
  }
}

/** The headers that identify the caller: a key, or a session's cookie with the address of the page it came from. */
export type Credential = Record<string, string>
type Counter = { calls: number }

/** The HTTP API as officers and the platform use it. */
export class Api {
  private readonly baseUrl: string
  private readonly credential: Credential
  private readonly counter: Counter

  constructor(baseUrl: string, credential: Credential, counter: Counter = { calls: 0 }) {
    this.baseUrl = baseUrl.replace(/\/$/, '')
    this.credential = credential
    this.counter = counter
  }

  get calls(): number {
    return this.counter.calls
  }

  /** Signs somebody of the sample county in. */
  async signIn(person: string): Promise<Api> {
    const answer = await fetch(`${this.baseUrl}/v1/session`, {
      method: 'POST',
      body: JSON.stringify({ person }),
      headers: { 'content-type': 'application/json', origin: this.baseUrl },
    })
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (!answer.ok || !cookie) throw new ApiRefused(answer.status, 'sign-in', await answer.text())
    return new Api(this.baseUrl, { cookie, origin: this.baseUrl }, this.counter)
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path, undefined, {})
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.send<T>('POST', path, JSON.stringify(body), { 'content-type': 'application/json' })
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.send<T>('PUT', path, JSON.stringify(body), { 'content-type': 'application/json' })
  }

  upload<T>(path: string, filename: string, content: Uint8Array<ArrayBuffer>, type = 'text/csv'): Promise<T> {
    const form = new FormData()
    form.append('file', new Blob([content], { type }), filename)
    return this.send<T>('POST', path, form, {})
  }

  /** Reads every page of a list. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const more =
        cursor === '' ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
      const page: { items: T[]; nextCursor: string | null } = await this.get(`${path}${more}`)
      items.push(...page.items)
      cursor = page.nextCursor
    }
    return items
  }

  private async send<T>(
    method: string,
    path: string,
    body: string | FormData | undefined,
    headers: Record<string, string>,
  ): Promise<T> {
    const key: Record<string, string> = method === 'POST' ? { 'idempotency-key': randomUUID() } : {}
    for (;;) {
      this.counter.calls += 1
      const answer = await fetch(`${this.baseUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body }),
        headers: { ...this.credential, ...key, ...headers },
      })
      if (answer.ok) return (await answer.json()) as T
      // Too fast: the same request is sent again, with the same key, after the pause that the answer asks for.
      if (answer.status !== 429) throw new ApiRefused(answer.status, `${method} ${path}`, await answer.text())
      await sleep(Number(answer.headers.get('retry-after') ?? 1) * 1_000)
    }
  }
}
