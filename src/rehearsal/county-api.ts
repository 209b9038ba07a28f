import type { Day } from '../domain/time/days.ts'
import type { Api } from './http.ts'

/** The parts of the API's answers that officers read. */
export type ApiObligation = {
  id: string
  externalId: string | null
  kind: string
  title: string
  state: string
  office: { code: string; name: string }
  level: string | null
  group: string | null
  dueOn: Day
  holder: { office: { code: string }; dueOn: Day } | null
}
export type ApiImport = {
  id: string
  state: string
  registered: number
  duplicates: number
  changed: number
  refused: number
}
export type ApiPhase = { code: string; opensOn: Day; dueOn: Day }
export type ActionAnswer = { id: string; ok: boolean; why: string }

/** What the platform, the officers and the centres do, in terms of the HTTP API. */
export class CountyApi {
  private readonly api: Api
  private readonly sessions = new Map<string, Promise<CountyApi>>()
  private ids: Promise<Map<string, string>> | undefined

  constructor(api: Api) {
    this.api = api
  }

  /** The county as the person with this address sees it after signing in. */
  as(email: string): Promise<CountyApi> {
    const known = this.sessions.get(email)
    if (known) return known
    const fresh = this.signIn(email)
    this.sessions.set(email, fresh)
    return fresh
  }

  private async signIn(email: string): Promise<CountyApi> {
    this.ids ??= this.api
      .all<{ id: string; email: string }>('/v1/people')
      .then((people) => new Map(people.map((p) => [p.email, p.id])))
    return new CountyApi(await this.api.signIn((await this.ids).get(email) ?? email))
  }

  startCampaign(county: string, year: number, template: string): Promise<{ id: string }> {
    return this.api.post('/v1/campaigns', { county, year, template })
  }

  upload(filename: string, file: Uint8Array<ArrayBuffer>): Promise<ApiImport> {
    return this.api.upload('/v1/imports', filename, file)
  }

  importById(id: string): Promise<ApiImport> {
    return this.api.get(`/v1/imports/${id}`)
  }

  async byExternalId(externalId: string): Promise<ApiObligation | undefined> {
    const query = new URLSearchParams({ externalId, limit: '2' })
    return (await this.api.get<{ items: ApiObligation[] }>(`/v1/obligations?${query}`)).items[0]
  }

  /** What its acceptance brought about. */
  async followedBy(id: string): Promise<ApiObligation[]> {
    const { followedBy } = await this.api.get<{ followedBy: string[] }>(`/v1/obligations/${id}`)
    const followed: ApiObligation[] = []
    for (const next of followedBy) followed.push(await this.api.get<ApiObligation>(`/v1/obligations/${next}`))
    return followed
  }

  openOf(kind: string): Promise<ApiObligation[]> {
    return this.api.all(`/v1/obligations?kind=${kind}&state=open&limit=200`)
  }

  async act(action: string, ids: readonly string[], detail: object): Promise<ActionAnswer[]> {
    type Item = { id: string; done: boolean; message?: string }
    const { items } = await this.api.post<{ items: Item[] }>('/v1/obligations/actions', {
      ids,
      action: { action, ...detail },
    })
    return items.map(({ id, done, message = '' }) => ({ id, ok: done, why: message }))
  }
}
