import type { Preview } from '../../services/recounts/effect.ts'

/** So many rows are printed; all are counted. */
const PRINTED = 20

/** What a change of days or rules does to the open work of one county, for the terminal. */
export function effectWords(county: string, { total, provisional, rows }: Preview): string[] {
  const { open, later, earlier, becomesLate, ceasesLate } = total
  const settled = provisional.before - provisional.after
  const late = becomesLate + ceasesLate > 0 ? `;${becomesLate} 件因此逾期,${ceasesLate} 件不再逾期` : ''
  const head = `${county}:在办 ${open} 件,${later} 件的限时推后,${earlier} 件提前${late}。`
  const shown = rows
    .slice(0, PRINTED)
    .map(({ work, after }) => `  ${work.name}(${work.office}):${work.dueOn} → ${after.limit.dueOn}`)
  return [
    head,
    ...(settled > 0 ? [`由暂定算定的 ${settled} 件,仍是暂定的 ${provisional.after} 件。`] : []),
    ...shown,
    ...(rows.length > PRINTED ? [`  …… 其余从略。`] : []),
  ]
}
