import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, row, rows } from '../../../src/db/pool.ts'
import { applyAction } from '../../../src/domain/obligation/lifecycle.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { codesOf, isClosed, type State, STATE_LABELS } from '../../../src/domain/obligation/vocabulary.ts'
import { isWithdrawable, WITHDRAWAL } from '../../../src/domain/obligation/withdrawal.ts'
import { runAction } from '../../../src/services/obligations/act.ts'
import { systemActor } from '../../../src/domain/obligation/system-actor.ts'
import { addImport } from '../../../src/services/imports/store.ts'
import { cancelUntouched, lockUntouched, touchedOf } from '../../../src/services/imports/undo-store.ts'
import { addAttachment } from '../../../src/services/attachments/store.ts'
import { pdfOf } from '../../support/evidence.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { givenWarning } from '../../support/warnings.ts'
import { keys } from '../../support/worker-deps.ts'

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

/** One warning of the import in each state, acted on or not, and corrected by a file or not: that raises the version too. */
const CASES = codesOf(STATE_LABELS).flatMap((state) =>
  [1, 2].flatMap((version) => [false, true].map((acted) => ({ state, version, acted }))),
)
const nameOf = ({ state, version, acted }: { state: State; version: number; acted: boolean }) =>
  `${state}-${version}-${acted}`

test('an undo takes back what the lifecycle may cancel and nobody has touched, and names the rest', async () => {
  for (const at of CASES) {
    await givenWarning(database.pool, { id: nameOf(at), level: 'yellow' })
    await database.pool.query(
      `update obligations set import_id = $2, state = $3, version = $4, closed_at = $5 where external_id = $1`,
      [nameOf(at), IMPORT, at.state, at.version, isClosed(at.state) ? new Date(NOW) : null],
    )
    if (at.acted)
      await database.pool.query(
        `insert into events (obligation, at, actor, action, state) select id, $2, 'somebody', 'acknowledge', state
           from obligations where external_id = $1`,
        [nameOf(at), new Date(NOW)],
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

test('a warning with evidence is touched, though nobody has handed it in', async () => {
  await givenWarning(database.pool, { id: 'evidence', level: 'yellow' })
  const { id } = (await row<{ id: string }>(
    database.pool,
    `update obligations set import_id = 'im_evidence' where external_id = 'evidence' returning id`,
  ))!
  const file = { name: '照片.pdf', type: 'pdf', content: pdfOf(id) } as const
  await inTransaction(database.pool, async (tx) => {
    await addAttachment(tx, keys, { obligation: id, county: COUNTY, by: 'test', now: NOW, ...file })
    expect(await lockUntouched(tx, 'im_evidence')).toEqual([])
    expect(await touchedOf(tx, 'im_evidence')).toEqual(['evidence'])
  })
})

test('what somebody hands in while an undo waits for it is not taken back', async () => {
  await givenWarning(database.pool, { id: 'handed-in', level: 'yellow' })
  await database.pool.query(`update obligations set import_id = 'im_race' where external_id = 'handed-in'`)
  const { id } = (await row<{ id: string }>(
    database.pool,
    `select id from obligations where external_id = 'handed-in'`,
  ))!
  let undoing: Promise<string[]> | undefined
  await inTransaction(database.pool, async (tx) => {
    const action = { action: 'submit', result: { outcome: 'other-assistance' } } as const
    await runAction(tx, { obligation: id, action, actor: systemActor('somebody'), now: NOW, keys })
    undoing = inTransaction(database.pool, (other) => lockUntouched(other, 'im_race'))
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    while (!(await row(database.pool, waits))) await new Promise((resolve) => setTimeout(resolve, 20))
  })
  expect(await undoing).toEqual([])
})

const NOBODY = { roles: [], office: 'b', why: null }

test('what an undo may take back, the lifecycle cancels', () => {
  const withdrawable = CASES.filter(isWithdrawable)
  expect(withdrawable.length).toBeGreaterThan(0)
  for (const { state } of withdrawable)
    expect(
      applyAction(
        {
          ...{ state, holder: null, acknowledgedAt: null, withdrawn: false, waivable: false },
          ...{ performer: 'a', reviewer: 'b', submittedBy: null, request: null, paused: null },
          approvers: { suspension: NOBODY, extension: NOBODY },
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
