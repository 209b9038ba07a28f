/** What the command needs of an import's body (contract/api/imports.ts). */
type Late = {
  state: string
  silent: boolean
  accepted: number
  forecast: Forecast | null
}
type DueRow = { row: number; externalId: string; town: string; dueOn: string }
export type Forecast = {
  alreadyLate: number
  dueToday?: number
  /** Those that fall due first, up to three of each. */
  late?: DueRow[]
  today?: DueRow[]
}

/** Whether a checked file looks like old rows, of which nobody wants to be notified. */
export function isMostlyLate({ state, silent, accepted, forecast }: Late): boolean {
  return state === 'validated' && !silent && (forecast?.alreadyLate ?? 0) * 2 > accepted
}

/** How many rows are late already, and whether somebody is told so. */
export function lateWords(done: Late): string[] {
  const n = done.forecast?.alreadyLate ?? 0
  if (n === 0) return []
  const hint = isMostlyLate(done) ? '多半是历史数据:登记时加上 --silent,已逾期的就不发通知。' : ''
  const named = rowsNamed(n, done.forecast?.late)
  return [`其中 ${n} 件按签发日期已经逾期${done.silent ? ',不发通知' : ''}${named}。${hint}`]
}

/** The rows that are late and those due today, below a question that says how many are late. */
export function dueLines({ forecast }: Pick<Late, 'forecast'>): string[] {
  const n = forecast?.alreadyLate ?? 0
  const late = rowsNamed(n, forecast?.late)
  return [...(late === '' ? [] : [`已经逾期${late}。`]), ...todayWords({ forecast })]
}

/** What is due today: whoever registers it has to tell somebody now. */
export function todayWords({ forecast }: Pick<Late, 'forecast'>): string[] {
  const n = forecast?.dueToday ?? 0
  return n === 0 ? [] : [`今天到期 ${n} 件${rowsNamed(n, forecast?.today)}。`]
}

/** `:第 3 行 FX1 毛坝镇(11-27 到期)` */
function rowsNamed(all: number, rows: readonly DueRow[] = []): string {
  if (rows.length === 0) return ''
  const named = rows.map(
    ({ row, externalId, town, dueOn }) => `第 ${row} 行 ${externalId} ${town}(${dueOn.slice(5)} 到期)`,
  )
  return `:${named.join('、')}${all > rows.length ? ` 等 ${all} 件` : ''}`
}
