import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'

/** Thrown when the API answers anything but success; the problem document's own words. */
export class ApiRefused extends Error {
  readonly status: number
  constructor(status: number, what: string, body: string) {
    super(`${what}: HTTP ${status} ${body.slice(0, 500)}`)
    this.name = 'ApiRefused'
    this.status = status
  }
}

/** The HTTP API as officers and the platform use it. */
export class Api {
  calls = 0
  private readonly baseUrl: string
  private readonly token: string

  constructor(baseUrl: string, token: string) {
    this.baseUrl = baseUrl.replace(/\/$/, '')
    this.token = token
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path, undefined, {})
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.send<T>('POST', path, JSON.stringify(body), { 'content-type': 'application/json' })
  }

  upload<T>(path: string, filename: string, content: Uint8Array<ArrayBuffer>): Promise<T> {
    const form = new FormData()
    form.append('file', new Blob([content], { type: 'text/csv' }), filename)
    return this.send<T>('POST', path, form, {})
  }

  /** Every page of a list. */
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
      this.calls += 1
      const answer = await fetch(`${this.baseUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body }),
        headers: { authorization: `Bearer ${this.token}`, ...key, ...headers },
      })
      if (answer.ok) return (await answer.json()) as T
      // Too fast: the same request, with the same key, after the pause it asks for.
      if (answer.status !== 429) throw new ApiRefused(answer.status, `${method} ${path}`, await answer.text())
      await sleep(Number(answer.headers.get('retry-after') ?? 1) * 1_000)
    }
  }
}
