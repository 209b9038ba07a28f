import { applyStaged } from '../../../src/services/imports/apply.ts'
import { undoRegistered } from '../../../src/services/imports/undo.ts'
import { validateUpload } from '../../../src/services/imports/validate.ts'
import { platformFile, platformRow } from '../../support/platform-file.ts'
import { keys, log } from '../../support/worker-deps.ts'
import type { Asking, ProblemBody, TestApp } from '../build.ts'

export type Import = {
  id: string
  state: string
  settles: boolean
  cancels: boolean
  reach: string | null
  accepted: number
  refused: number
  changed: number
  registered: number
  errors: {
    row: number
    column: string
    rule: string
    message: string
    found: string | null
    mendable: boolean
  }[]
}
export type Row = ReturnType<typeof platformRow>

let n = 0
/** A row of a list of hits that no other list has. */
export const hit = (more: Partial<Row> = {}) => platformRow(++n, { issuedAt: '2022-06-06 08:00', ...more })

/** Bringing files of hits of comparisons, as people do with the API; `api` is there once the tests have begun. */
export function bringing(api: () => TestApp) {
  const deps = () => ({ pool: api().worker, keys, log, wallNow: () => Date.now() })
  const send = (comparison: string | null, as: Asking, list: readonly Row[] = [hit()], question = '') =>
    api().upload<Import & ProblemBody>(
      `/v1/imports?dryRun=true${comparison === null ? '' : `&comparison=${comparison}`}${question}`,
      [{ field: 'file', filename: '命中名单.csv', content: platformFile(list) }],
      as,
    )
  const read = async (id: string, as: Asking) => (await api().get<Import>(`/v1/imports/${id}`, as)).body
  return {
    deps,
    send,
    read,
    /** A comparison of an office, as whoever registers there begins it. */
    async comparisonOf(office: string, as: Asking): Promise<string> {
      const facts = { partner: 'education', period: 'Y' }
      const body = { kind: 'comparison', office, title: '补充比对', dueOn: '2022-06-20', facts }
      const { status, body: made, text } = await api().post<{ id: string }>('/v1/obligations', body, as)
      if (status !== 201) throw new Error(text)
      return made.id
    },
    /** What the worker does with a file that was sent. */
    async checked(id: string, as: Asking): Promise<Import> {
      await validateUpload(deps(), id, () => undefined)
      return read(id, as)
    },
    async settled(id: string, action: 'apply' | 'undo', as: Asking): Promise<Import> {
      const { status, text } = await api().post(`/v1/imports/${id}/actions`, { action }, as)
      if (status !== 202) throw new Error(text)
      await (action === 'apply' ? applyStaged : undoRegistered)(deps(), id, () => undefined)
      return read(id, as)
    },
    submit: (id: string, result: object, as: Asking) =>
      api().post<ProblemBody>(
        `/v1/obligations/${id}/actions`,
        {
          action: 'submit',
          result: { day: '2022-06-06', compared: 400, hits: 2, raised: 2, how: 'id-number', ...result },
        },
        as,
      ),
    /** Another office has the comparison from now on. */
    async handedOver(comparison: string, to: string): Promise<void> {
      const { pool } = api()
      await pool.query('update obligations set office = $2, holder_office = $2 where id = $1', [
        comparison,
        to,
      ])
      await pool.query('update assignments set office = $2 where obligation = $1', [comparison, to])
    },
  }
}
