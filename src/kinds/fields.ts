import { z } from 'zod'
import { coded, day } from '../domain/fields.ts'
import { OUTCOME_LABELS, SOURCE_LABELS } from '../domain/obligation/vocabulary.ts'

/** Words of one's own. They may name a household. */
export const note = z.string().trim().max(2000).optional()
/** Why a number is as it is. It may name a household. */
export const reason = z.string().trim().min(1).max(500).optional()
/** How many of something that is counted. */
export const quantity = z.number().int().min(0).max(100_000_000)
/** How many of each: the names are free until a kind says which it wants. */
export const counts = z.record(z.string().max(50), z.number().int().min(0)).optional()
export const outcome = coded(OUTCOME_LABELS)
/** The day on which something was done. A form shows it as a calendar. */
export const doneOn = day.meta({ description: '办理的那一天', format: 'date' })
/** Who did it, by name. */
export const doneBy = z.string().trim().min(1).max(50).describe('办理人的姓名')
/** Words about one step. They may name a household. */
export const stepNote = z.string().trim().max(500).optional()

/** What an item of a campaign template says beside its title: which part of the year, with whom. */
export const plannedFacts = z.strictObject({
  partner: coded(SOURCE_LABELS).optional(),
  period: z.string().max(20).optional(),
})
/** What was not understood of a row of a file that was registered all the same; nothing personal. */
export const importRemark = z.strictObject({ column: z.string().max(200), message: z.string().max(500) })
export type ImportRemark = z.infer<typeof importRemark>

export const noFacts = z.strictObject({})

/** A form does not ask for a field of this mark. */
const unaskedOutcome = outcome.optional().meta({ 'x-unasked': true })
/** What every kind takes that wants nothing of its own yet. An outcome is taken, as it always was, and not asked for. */
export const plainResult = z.strictObject({ outcome: unaskedOutcome, note, counts })
export const plainSample = () => ({ note: '已完成' })
