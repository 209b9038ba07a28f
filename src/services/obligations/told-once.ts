import type { ToldMoment } from './told-story.ts'

/**
 * Work that joins a shared deadline in several batches before a round makes a moment of each batch, and the round one mail of all of
 * them, and of what began the deadline: whoever had that mail was told once. A later such moment that reached nobody by another mail
 * is left out.
 */
export function toldOnce(moments: readonly ToldMoment[]): ToldMoment[] {
  const told = new Set<string>()
  return moments.filter((moment) => {
    const { series } = moment.form
    if ((series !== 'joined' && series !== 'assigned') || moment.told.length === 0) return true
    const here = moment.told.map(({ person, mail, roundAt }) => `${person} ${mail?.id ?? roundAt ?? ''}`)
    const isNews = here.some((one) => !told.has(one))
    for (const one of here) told.add(one)
    return isNews || series === 'assigned'
  })
}
