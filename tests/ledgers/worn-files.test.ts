import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MappingNeeded } from '../../src/ledgers/mapping.ts'
import { FileRefused, type WarningRow } from '../../src/ledgers/read-warnings.ts'
import { LEVEL_LABELS } from '../../src/domain/obligation/vocabulary.ts'
import { beijingText } from '../../src/domain/time/days.ts'
import { NOW, read, townName } from './support.ts'
import { wornFile, type WornFile } from './worn-file.ts'
import type { Cells } from './worn-cells.ts'

const FILES = Number(process.env.WORN_FILES ?? 10_000)

/** What must be the same in the table and in what comes of the file. */
const keyOf = (c: Pick<Cells, 'externalId' | 'level' | 'name' | 'idNo' | 'phone' | 'town' | 'issuedAt'>) =>
  [c.externalId, c.issuedAt, c.level, c.name, c.idNo, c.phone, c.town].join('|')

const cellsOf = ({ externalId, issuedAt, level, officeCode, person: { name, idNo, phone } }: WarningRow) => ({
  ...{ externalId, name, idNo, phone, level: LEVEL_LABELS[level], town: townName(officeCode) },
  issuedAt: beijingText(issuedAt),
})

type Outcome = { kind: 'taken' | 'asked' | 'refused' | 'partly'; sentence: string }

/** @throws when a row stands in no table, or a row is gone without a word */
async function outcomeOf({ bytes, table }: WornFile): Promise<Outcome> {
  try {
    const { rows, errors } = await read(bytes, 64 * 1024, NOW, { county: ['陕西省', '安康市', '紫阳县'] })
    const truth = new Set(table.map(keyOf))
    // One expectation for all rows: an assertion costs more than reading the row.
    expect(rows.map((row) => keyOf(cellsOf(row))).filter((key) => !truth.has(key))).toEqual([])
    const told = new Set(errors.map((error) => error.row)).size
    expect(rows.length + told).toBe(table.length)
    return { kind: told === 0 ? 'taken' : 'partly', sentence: errors[0]?.message ?? '' }
  } catch (error) {
    if (error instanceof FileRefused) return { kind: 'refused', sentence: error.message }
    if (error instanceof MappingNeeded)
      return { kind: 'asked', sentence: error.survey.columns.map((c) => c.name).join() }
    throw error
  }
}

it(
  'takes in the table that was exported, or says why not; never another one',
  async () => {
    const seen: Record<string, number> = {}
    await fc.assert(
      fc.asyncProperty(wornFile, async (file) => {
        const { kind, sentence } = await outcomeOf(file)
        const how = file.damage !== null ? 'damaged' : file.plainHead ? 'plain' : 'renamed'
        seen[`${how} ${kind}`] = (seen[`${how} ${kind}`] ?? 0) + 1
        if (kind !== 'taken') expect(sentence).toMatch(/\p{Script=Han}/u)
        // A known head and whole cells leave nothing to ask.
        if (how === 'plain') expect([kind, sentence]).toEqual(['taken', sentence])
        if (how === 'renamed') expect(['taken', 'asked']).toContain(kind)
      }),
      { numRuns: FILES },
    )
    // What would pass on nothing is a fault: files of each sort were read.
    for (const sort of ['plain taken', 'renamed taken', 'damaged partly', 'damaged refused'])
      expect(seen[sort] ?? 0, sort).toBeGreaterThan(FILES / 100)
  },
  10 * 60_000,
)
