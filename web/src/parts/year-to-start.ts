/** This year where its campaign has not begun, else null. @param latest the year of the newest campaign */
export function yearToStart(today: string, latest: number | undefined): number | null {
  const year = Number(today.slice(0, 4))
  return latest === undefined || latest < year ? year : null
}
