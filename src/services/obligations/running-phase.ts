import type { Phase } from '../../domain/obligation/vocabulary.ts'
import { rows, type Sql } from '../../db/pool.ts'

type Found = { campaign: string; code: Phase; closed: boolean }

/** The phase that something begun now belongs to: the one its kind names, or the first after it that still runs. */
export type PhaseAtBeginning = (campaign: string | null, named: Phase | null) => Phase | null

/**
 * Reads the phases of open campaigns. A phase that is closed takes nothing more: its numbers stand still (ADR 0015).
 * The campaigns are to be locked before, since their timelines close phases under the same lock.
 */
export async function phaseAtBeginning(tx: Sql, county: string): Promise<PhaseAtBeginning> {
  const phases = await rows<Found>(
    tx,
    `select p.campaign, p.code, p.closed_at is not null as closed
       from phases p join campaigns c on c.id = p.campaign
      where c.county = $1 and c.state = 'open' order by p.campaign, p.ordinal`,
    [county],
  )
  return (campaign, named) => {
    const own = phases.filter((p) => p.campaign === campaign)
    const from = own.findIndex((p) => p.code === named)
    if (from < 0) return named
    return own.slice(from).find((p) => !p.closed)?.code ?? named
  }
}
