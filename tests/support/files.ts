import { addChunk } from '../../src/services/imports/staging.ts'
import { addImport } from '../../src/services/imports/store.ts'
import { inTransaction, type Pool } from '../../src/db/pool.ts'
import { chunkContext } from '../../src/services/vault/encryption-context.ts'
import { encryptBytes } from '../../src/services/vault/encryption.ts'
import { readSampleOffices } from '../../src/services/people/seed.ts'
import type { Day } from '../../src/domain/time/days.ts'
import { sampleWarnings } from '../../src/demo/sample-warnings.ts'
import { COUNTY } from './county.ts'
import { keys } from './worker-deps.ts'

const SUMMER: { from: Day; to: Day } = { from: '2022-05-01', to: '2022-08-31' }

/** An upload of invented warnings that nobody has read yet; returns its text. */
export async function givenFile(pool: Pool, id: string, rows: number, days = SUMMER): Promise<string> {
  const towns = (await readSampleOffices()).offices.filter((o) => o.kind === 'town').map((o) => o.name)
  return givenText(pool, id, [...sampleWarnings({ rows, seed: 1, ...days, towns })].join(''))
}

type Upload = Partial<Parameters<typeof addImport>[1]>

/** An upload of this text that nobody has read yet; returns it. */
export async function givenText(pool: Pool, id: string, text: string, more: Upload = {}): Promise<string> {
  const file = Buffer.from(text)
  const upload = { id, county: COUNTY, filename: 'x.csv', bytes: file.length, dryRun: false, silent: false }
  await inTransaction(pool, async (tx) => {
    await addImport(tx, { ...upload, actor: 'test', ...more }, 0)
    await addChunk(tx, id, 0, { encrypted: encryptBytes(keys, chunkContext(id, 0), file), keyId: keys.keyId })
  })
  return text
}
