import type { Day } from '../domain/time/days.ts'
import type { Api } from './http.ts'

type Entry = { id: string; visitedOn: Day | null }

/** What a town writes down of a screening, household by household. */
export class CountyScreenings {
  private readonly api: Api

  constructor(api: Api) {
    this.api = api
  }

  /** Carries the households over that a screening must reach. @returns its entries that nobody has visited, and how many it has */
  async fromRoster(screening: string): Promise<{ total: number; left: string[] }> {
    await this.api.post(`${entriesOf(screening)}/from-roster`, {})
    const entries = await this.api.all<Entry>(`${entriesOf(screening)}?limit=200`)
    return { total: entries.length, left: entries.filter((e) => e.visitedOn === null).map(({ id }) => id) }
  }

  record(screening: string, entry: string, visit: object): Promise<unknown> {
    return this.api.put(`${entriesOf(screening)}/${entry}`, visit)
  }

  /** A household that the roster does not have. */
  add(screening: string, person: object, visit: object): Promise<unknown> {
    return this.api.post(entriesOf(screening), { person, ...visit })
  }
}

function entriesOf(screening: string): string {
  return `/v1/screenings/${screening}/entries`
}
