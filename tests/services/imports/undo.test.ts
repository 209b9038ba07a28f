import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, rows } from '../../../src/db/pool.ts'
import { applyAction } from '../../../src/domain/obligation/lifecycle.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { codesOf, isClosed, type State, STATE_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import { isWithdrawable, WITHDRAWAL } from '../../../src/domain/obligation/withdrawal.ts'
import { addImport } from '../../../src/services/imports/store.ts'
import { cancelUntouched, lockUntouched, touchedOf } from '../../../src/services/imports/undo-store.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning } from '../../support/warnings.ts'

const NOW = instantAt('2022-06-06', '09:00')
const IMPORT = 'im_undone'
let database: TestDatabase

beforeAll(async () => {
  database = await createCounty(NOW)
  await inTransaction(database.pool, async (tx) => {
    const upload = { id: IMPORT, county: COUNTY, filename: 'a.csv', bytes: 1, dryRun: false, silent: false }
    await addImport(tx, { ...upload, actor: 'test' }, NOW)
  })
})
afterAll(() => database.drop())

/** One warning of the import in each state, untouched and touched. */
const CASES = codesOf(STATE_LABELS).flatMap((state) =>
  [1, 2].flatMap((version) => [false, true].map((acknowledged) => ({ state, version, acknowledged }))),
)
const nameOf = ({ state, version, acknowledged }: { state: State; version: number; acknowledged: boolean }) =>
  `${state}-${version}-${acknowledged}`

test('an undo takes back what the lifecycle may cancel and nobody has touched, and names the rest', async () => {
  for (const at of CASES) {
    await givenWarning(database.pool, { id: nameOf(at), level: 'yellow' })
    await database.pool.query(
      `update obligations set import_id = $2, state = $3, version = $4, closed_at = $5, acknowledged_at = $6 where external_id = $1`,
      [
        nameOf(at),
        IMPORT,
        at.state,
        at.version,
        isClosed(at.state) ? new Date(NOW) : null,
        at.acknowledged ? new Date(NOW) : null,
      ],
    )
  }
  const withdrawn = CASES.filter(isWithdrawable)
  await inTransaction(database.pool, async (tx) => {
    const ids = await lockUntouched(tx, IMPORT)
    expect(await namesOf('id = any($1)', [ids])).toEqual(withdrawn.map(nameOf).sort())
    const rest = CASES.filter((at) => !isWithdrawable(at) && at.state !== WITHDRAWAL.state)
    expect((await touchedOf(tx, IMPORT)).sort()).toEqual(rest.map(nameOf).sort())
    await cancelUntouched(tx, { obligations: ids, actor: 'test' }, NOW)
  })
  expect(await namesOf(`state = 'cancelled' and key is null`, [])).toEqual(withdrawn.map(nameOf).sort())
})

test('what an undo may take back, the lifecycle cancels', () => {
  for (const { state } of CASES.filter(isWithdrawable))
    expect(
      applyAction(
        {
          ...{ state, holder: null, acknowledgedAt: null, withdrawn: false },
          ...{ performer: 'a', reviewer: 'b', submittedBy: null },
        },
        { action: WITHDRAWAL.action, reason: '导入已撤销' },
        NOW,
        () => null,
      ),
    ).toMatchObject({ state: WITHDRAWAL.state })
})

async function namesOf(condition: string, values: unknown[]): Promise<string[]> {
  const found = await rows<{ name: string }>(
    database.pool,
    `select external_id as name from obligations where ${condition}`,
    values,
  )
  return found.map(({ name }) => name).sort()
}
