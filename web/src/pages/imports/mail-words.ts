/** Which sentence is true of the mails of an import: of old rows that are registered in silence some, all or none are mailed about. */
export function mailWords(
  { accepted, forecast }: { accepted: number; forecast: { alreadyLate: number } | null },
  silent: boolean,
): { key: 'how' | 'silentAll' | 'silent'; late: number; rest: number } {
  const late = silent ? (forecast?.alreadyLate ?? 0) : 0
  const rest = accepted - late
  if (late === 0) return { key: 'how', late, rest }
  return { key: rest > 0 ? 'silent' : 'silentAll', late, rest }
}
