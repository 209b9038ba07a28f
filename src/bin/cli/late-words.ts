/** What the command needs of an import's body (contract/api/imports.ts). */
type Late = {
  state: string
  silent: boolean
  accepted: number
  forecast: { alreadyLate: number } | null
}

/** Whether a checked file looks like old rows, whose notices nobody wants. */
export function isMostlyLate({ state, silent, accepted, forecast }: Late): boolean {
  return state === 'validated' && !silent && (forecast?.alreadyLate ?? 0) * 2 > accepted
}

/** How many rows are late already, and whether somebody is told so. */
export function lateWords(done: Late): string[] {
  const n = done.forecast?.alreadyLate ?? 0
  if (n === 0) return []
  const hint = isMostlyLate(done) ? '多半是历史数据:登记时加上 --silent,已逾期的就不发通知。' : ''
  return [`其中 ${n} 件按签发日期已经逾期${done.silent ? ',不发通知' : ''}。${hint}`]
}
