import type { Api } from './http.ts'

export type ApiQuotaLine = { partner: string; period: string; required: number; done: number }
export type ApiMatrix = { screenings: { title: string }[]; totals: { screened: number }[] }
export type ApiProblems = { office: { code: string }; remaining: number; struckOff: number }
export type ApiCoverage = { population: number; required: number; checked: number; short: number }

/** What the year came to, as the product counts it. */
export class CountyCounts {
  private readonly api: Api

  constructor(api: Api) {
    this.api = api
  }

  async quota(): Promise<ApiQuotaLine[]> {
    return (await this.api.get<{ items: ApiQuotaLine[] }>('/v1/comparisons/quota')).items
  }

  /** Towns by screenings. */
  matrix(): Promise<ApiMatrix> {
    return this.api.get('/v1/screenings/matrix')
  }

  /** Problems by office. */
  async problems(): Promise<ApiProblems[]> {
    return (await this.api.get<{ items: ApiProblems[] }>('/v1/problems/burn-down')).items
  }

  async coverage(sample: string): Promise<ApiCoverage> {
    return (await this.api.get<{ total: ApiCoverage }>(`/v1/samples/${sample}`)).total
  }
}
