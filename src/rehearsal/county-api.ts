import { ANSWERED_AT_ONCE } from '../domain/obligation/bulk-run.ts'
import type {
  ApiObligation,
  ApiImport,
  ApiSample,
  ApiHits,
  ApiComparison,
  ApiGate,
  ApiEffect,
  ApiHandOn,
  ActionAnswer,
} from './county-answers.ts'
import { CountyCounts } from './county-counts.ts'
import { CountyScreenings } from './county-screenings.ts'
import { type Api, ApiRefused } from './http.ts'

/** What the platform, the officers and the centres do, in terms of the HTTP API. */
export class CountyApi {
  readonly counts: CountyCounts
  readonly screenings: CountyScreenings
  private readonly api: Api
  private readonly sessions = new Map<string, Promise<CountyApi>>()
  private known: Promise<Map<string, { id: string; name: string }>> | undefined

  constructor(api: Api) {
    this.api = api
    this.counts = new CountyCounts(api)
    this.screenings = new CountyScreenings(api)
  }

  /** The county as the person with this address sees it after signing in. */
  as(email: string): Promise<CountyApi> {
    const session = this.sessions.get(email) ?? this.signIn(email)
    this.sessions.set(email, session)
    return session
  }

  /** The person with this address. */
  async personAt(email: string): Promise<{ id: string; name: string }> {
    this.known ??= this.api
      .all<{ id: string; name: string; email: string }>('/v1/people')
      .then((people) => new Map(people.map((p) => [p.email, p])))
    return (await this.known).get(email) ?? { id: email, name: email }
  }

  /** What the administrator writes down about somebody: quiet days, a telephone. */
  changeContact(person: string, contact: object): Promise<unknown> {
    return this.api.post(`/v1/users/${person}/actions`, { action: 'change-contact', ...contact })
  }

  private async signIn(email: string): Promise<CountyApi> {
    return new CountyApi(await this.api.signIn((await this.personAt(email)).id))
  }

  startCampaign(county: string, year: number, template: string): Promise<{ id: string }> {
    return this.api.post('/v1/campaigns', { county, year, template })
  }

  upload(filename: string, file: Uint8Array<ArrayBuffer>): Promise<ApiImport> {
    return this.api.upload('/v1/imports', filename, file)
  }

  /** A file of hits of a comparison. */
  uploadHits(comparison: string, filename: string, file: Uint8Array<ArrayBuffer>): Promise<ApiImport> {
    return this.api.upload(`/v1/imports?comparison=${comparison}`, filename, file)
  }

  /** Of a comparison its files and what they raised; of a warning the comparison that it came from. */
  hitsOf(id: string): Promise<ApiHits> {
    return this.api.get(`/v1/obligations/${id}`)
  }

  /** A comparison as its ledger has it. */
  async comparison(id: string): Promise<ApiComparison | undefined> {
    const { items } = await this.api.get<{ items: ApiComparison[] }>('/v1/comparisons')
    return items.find((line) => line.id === id)
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
    return Promise.all(followedBy.map((next) => this.obligation(next)))
  }

  /** The problems that its acceptance raised. */
  async foundBy(id: string): Promise<ApiObligation[]> {
    const { found } = await this.api.get<{ found: { id: string }[] }>(`/v1/obligations/${id}`)
    return Promise.all(found.map((problem) => this.obligation(problem.id)))
  }

  obligation(id: string): Promise<ApiObligation> {
    return this.api.get(`/v1/obligations/${id}`)
  }

  openOf(kind: string): Promise<ApiObligation[]> {
    return this.api.all(`/v1/obligations?kind=${kind}&state=open&limit=200`)
  }

  /** One as its page does it, several as a list does: so many at a time as are answered in the request itself. */
  async act(action: string, ids: readonly string[], detail: object): Promise<ActionAnswer[]> {
    const [only, ...others] = ids
    if (only !== undefined && others.length === 0) return [await this.actOnOne(only, { action, ...detail })]
    const answers: ActionAnswer[] = []
    for (let from = 0; from < ids.length; from += ANSWERED_AT_ONCE)
      answers.push(...(await this.actOnPart(ids.slice(from, from + ANSWERED_AT_ONCE), { action, ...detail })))
    return answers
  }

  private async actOnOne(id: string, action: object): Promise<ActionAnswer> {
    try {
      await this.api.post(`/v1/obligations/${id}/actions`, action)
      return { id, ok: true, why: '' }
    } catch (error) {
      if (!(error instanceof ApiRefused)) throw error
      return { id, ok: false, why: error.message }
    }
  }

  private async actOnPart(ids: readonly string[], action: object): Promise<ActionAnswer[]> {
    type Item = { id: string; done: boolean; message?: string }
    const { items } = await this.api.post<{ items: Item[] }>('/v1/obligations/actions', { ids, action })
    return items.map(({ id, done, message = '' }) => ({ id, ok: done, why: message }))
  }

  importRoster(file: Uint8Array<ArrayBuffer>): Promise<{ good: number; bad: number; added: number }> {
    return this.api.upload('/v1/roster/import?dryRun=false', '名册.csv', file)
  }

  attach(id: string, filename: string, content: Uint8Array<ArrayBuffer>): Promise<unknown> {
    return this.api.upload(`/v1/obligations/${id}/attachments`, filename, content, 'application/pdf')
  }

  async twinsOf(office: string, person: object): Promise<number> {
    const { items } = await this.api.post<{ items: unknown[] }>('/v1/households/twins', { office, person })
    return items.length
  }

  register(body: object): Promise<ApiObligation> {
    return this.api.post('/v1/obligations', body)
  }

  registerProblems(body: object): Promise<{ items: { id: string; office: { code: string } }[] }> {
    return this.api.post('/v1/problems', body)
  }

  drawSample(body: object): Promise<ApiSample> {
    return this.api.post('/v1/samples', body)
  }

  replaceSampled(sample: string, household: string): Promise<ApiSample> {
    return this.api.post(`/v1/samples/${sample}/replacements`, { household, reason: 'moved' })
  }

  async gates(campaign: string): Promise<ApiGate[]> {
    return (await this.api.get<{ phases: ApiGate[] }>(`/v1/campaigns/${campaign}/timeline`)).phases
  }

  /** All that is in a state. */
  inState(state: string): Promise<ApiObligation[]> {
    return this.api.all(`/v1/obligations?state=${state}&limit=200`)
  }

  /** @param dryRun only says what it would do */
  changeCalendar(body: object, dryRun: boolean): Promise<ApiEffect> {
    return this.api.post(`/v1/calendar/changes?dryRun=${dryRun}`, body)
  }

  publishPolicy(body: object): Promise<{ id: string | null; version: number }> {
    return this.api.post('/v1/policies?dryRun=false', body)
  }

  rebase(policy: string, body: object, dryRun: boolean): Promise<ApiEffect> {
    return this.api.post(`/v1/policies/${policy}/rebase?dryRun=${dryRun}`, body)
  }

  handOn(office: string, body: object): Promise<ApiHandOn> {
    return this.api.post(`/v1/offices/${office}/hand-on`, body)
  }

  onCampaign(campaign: string, body: object): Promise<unknown> {
    return this.api.post(`/v1/campaigns/${campaign}/actions`, body)
  }
}
