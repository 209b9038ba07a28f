import { getTableName } from 'drizzle-orm'
import { now as businessNow } from '../../src/services/schedule/clock.ts'
import { newId } from '../../src/db/ids.ts'
import { addChunk, stageRows } from '../../src/services/imports/staging.ts'
import { addChanges } from '../../src/services/imports/changes-store.ts'
import { encryptHouseholds } from '../../src/services/imports/change-values.ts'
import { encryptedReason } from '../../src/services/imports/withdrawal-reasons.ts'
import { addWithdrawals } from '../../src/services/imports/withdrawals-store.ts'
import { keepRefused } from '../../src/services/imports/refused-rows.ts'
import { applyRoster, planRoster } from '../../src/services/roster/import.ts'
import { addEntry } from '../../src/services/screenings/entries.ts'
import { writeResultTexts } from '../../src/services/obligations/result-texts.ts'
import { addAttachment } from '../../src/services/attachments/store.ts'
import { encryptProblem } from '../../src/services/problems/content.ts'
import { insertRow } from '../../src/db/insert-rows.ts'
import { problems } from '../../src/db/schema/index.ts'
import { addReveal } from '../../src/services/households/reveals.ts'
import { encryptedFindings, NO_FINDINGS } from '../../src/services/imports/findings.ts'
import { addImport, updateImport } from '../../src/services/imports/store.ts'
import { runAction } from '../../src/services/obligations/act.ts'
import { inTransaction, type Pool, row, rows, type Sql } from '../../src/db/pool.ts'
import { registerObligations, type Registration } from '../../src/services/obligations/register.ts'
import { computed, selectRows } from '../../src/db/select-columns.ts'
import { columnIn, type Place, whereOf } from '../../src/services/key-rotation/store.ts'
import { chunkContext, revealReasonContext, type Where } from '../../src/services/vault/encryption-context.ts'
import {
  type Keyring,
  type Person,
  encryptBytes,
  encryptSubject,
} from '../../src/services/vault/encryption.ts'
import { systemActor } from '../../src/domain/obligation/system-actor.ts'
import { type Day, dayOf, instantAt } from '../../src/domain/time/days.ts'
import type { Cover } from '../../src/domain/obligation/roster-words.ts'
import type { Outcome } from '../../src/domain/obligation/vocabulary.ts'
import type { PublicContent } from '../../src/domain/obligation/changes.ts'
import { checkDigit } from '../../src/ledgers/id-number.ts'
import { COUNTY } from './county.ts'
import { pdfOf } from './evidence.ts'

/** An invented household; region 619999 is no place. */
export function householdOf(n: number): Person {
  const body = `61999919500101${String(n % 1000).padStart(3, '0')}`
  return {
    name: `户主${n}`,
    idNo: body + checkDigit(body),
    phone: `1990000${String(n).padStart(4, '0')}`,
    village: '虚构村',
    detail: '大病支出较高',
  }
}

/** Registers warnings with the households behind them, numbered from `from`; the ids in that order. */
export async function givenHouseholds(
  pool: Pool,
  keys: Keyring,
  { from = 1, count = 1, town = 'maoba' }: { from?: number; count?: number; town?: string } = {},
): Promise<string[]> {
  return inTransaction(pool, async (tx) => {
    const now = await businessNow(tx)
    const order = { county: COUNTY, actor: 'test', now }
    const numbers = Array.from({ length: count }, (_, i) => from + i)
    await registerObligations(
      tx,
      order,
      numbers.map((n) => warningOf(keys, n, { town, day: dayOf(now) })),
    )
    const made = await rows<{ id: string; key: string }>(
      tx,
      'select id, key from obligations where key = any($1)',
      [numbers.map(keyOf)],
    )
    return numbers.map((n) => made.find((o) => o.key === keyOf(n))?.id ?? '')
  })
}

function keyOf(n: number): string {
  return `platform|HH-${n}`
}

function warningOf(keys: Keyring, n: number, { town, day }: { town: string; day: Day }): Registration {
  const id = newId('ob')
  return {
    id,
    key: keyOf(n),
    externalId: `HH-${n}`,
    kind: 'warning',
    facts: {},
    title: '因病预警核查',
    phase: 'verification',
    office: `${COUNTY}.${town}`,
    reviewer: `${COUNTY}.jiuzhu`,
    level: 'yellow',
    cause: 'illness',
    group: null,
    source: null,
    issuedAt: instantAt(day, '09:00'),
    startOn: day,
    fixedDueOn: null,
    importId: null,
    contentHash: null,
    subject: encryptSubject(keys, id, householdOf(n)),
  }
}

/** Somebody hands an item in, with a note in their own words. */
export async function submitted(
  pool: Pool,
  keys: Keyring,
  obligation: string,
  note: string,
  outcome: Outcome = 'other-assistance',
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const now = await businessNow(tx)
    const asked = { obligation, actor: systemActor('test'), now, keys }
    await runAction(tx, { ...asked, action: { action: 'acknowledge' } })
    const answer = await runAction(tx, {
      ...asked,
      action: { action: 'submit', result: { outcome, note } },
    })
    if (!answer.done) throw new Error(answer.refusal.message)
  })
}

/** An upload that is being looked through: pieces, one staged row, and what was found in it. */
export async function givenUpload(pool: Pool, keys: Keyring, pieces: number): Promise<string> {
  const id = newId('im')
  await inTransaction(pool, async (tx) => {
    const upload = { id, county: COUNTY, filename: 'a.csv', bytes: 1, dryRun: true, silent: false }
    await addImport(tx, { ...upload, actor: 'test' }, await businessNow(tx))
    for (let seq = 0; seq < pieces; seq++)
      await addChunk(tx, id, seq, {
        encrypted: encryptBytes(keys, chunkContext(id, seq), Buffer.from(`piece ${seq}`)),
        keyId: keys.keyId,
      })
    await updateImport(tx, id, encryptedFindings(keys, id, { ...NO_FINDINGS, names: ['姓名'] }))
    await stageRows(tx, id, [
      {
        row: 2,
        obligation: `ob_${id}`,
        key: 'platform|X',
        externalId: 'X',
        office: `${COUNTY}.maoba`,
        level: 'red',
        cause: null,
        group: null,
        source: null,
        remarks: null,
        issuedAt: 0,
        startOn: '2022-06-06',
        contentHash: Buffer.alloc(1),
        ...encryptSubject(keys, `ob_${id}`, householdOf(999)),
      },
    ])
    await keepFound(tx, keys, id)
  })
  return id
}

/** What was said of a problem, and a file with its name, on an obligation. */
export async function givenPapers(pool: Pool, keys: Keyring, obligation: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const content = { wrong: '漏保一户', measure: '重新纳入', responsible: '某干部' }
    await insertRow(tx, problems, {
      ...{ obligation, county: COUNTY, batch: 'pb_test', ...encryptProblem(keys, obligation, content) },
    })
    const file = { name: '照片.pdf', type: 'pdf', content: pdfOf(obligation) } as const
    await addAttachment(tx, keys, {
      ...{ obligation, county: COUNTY, by: 'test', now: await businessNow(tx), ...file },
    })
  })
}

/** A refused row, and one that came again changed, where there is an obligation. */
async function keepFound(tx: Sql, keys: Keyring, importId: string): Promise<void> {
  const head = { header: ['姓名'], names: { name: '姓名' }, at: { name: 0 } }
  await keepRefused(tx, keys, importId, { head, rows: [{ row: 3, cells: ['户主'] }] })
  const known = await row<{ id: string }>(tx, 'select id from obligations order by id limit 1')
  if (!known) return
  const place = { town: `${COUNTY}.maoba`, issued: 0 }
  const content: PublicContent = { ...place, level: 'red', cause: null, group: null, source: null }
  const households = { before: householdOf(998), after: householdOf(999) }
  await addChanges(tx, importId, [
    {
      ...{ row: 4, obligation: known.id, externalId: 'X', fields: [], content, contentHash: Buffer.alloc(1) },
      ...encryptHouseholds(keys, importId, 4, households),
    },
  ])
  const why = encryptedReason(keys, importId, '误报')
  await addWithdrawals(tx, importId, [{ row: 5, obligation: known.id, externalId: 'X', ...why }])
}

/** A household of a screening, and words that came with a result. */
export async function givenScreened(sql: Sql, keys: Keyring, obligation: string, n: number): Promise<string> {
  await writeResultTexts(sql, keys, obligation, { reason: `户主${n}外出` })
  return addEntry(sql, keys, {
    ...{ obligation, by: 'pe_test', now: await businessNow(sql) },
    visit: { visitedOn: '2022-06-06', finding: 'ineligible', follow: 'none' },
    household: { ...householdOf(n), visitors: '李干事' },
    roster: null,
  })
}

/** A household of the roster that a file has changed since. */
export async function givenRoster(pool: Pool, keys: Keyring, n: number): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const order = { county: COUNTY, by: 'pe_test', now: await businessNow(tx) }
    const place = { office: `${COUNTY}.maoba`, group: 'near-poor', coveredSince: null } as const
    const file = (cover: Cover) => ({ list: [{ ...place, cover, person: householdOf(n) }], absent: [] })
    for (const cover of ['none', 'dibao'] as const)
      await applyRoster(tx, keys, { ...order, plan: await planRoster(tx, keys, COUNTY, file(cover)) })
  })
}

export async function givenReveal(
  sql: Sql,
  keys: Keyring,
  reveal: { obligation: string; person?: string; reason?: string },
): Promise<void> {
  const { obligation, person = 'pe_test', reason = '上门核实' } = reveal
  const at = Date.now()
  const encrypted = encryptBytes(keys, revealReasonContext(person, obligation, at), Buffer.from(reason))
  await addReveal(sql, { person, obligation, reason: { encrypted, keyId: keys.keyId }, atWall: at })
}

/** Every value of a place, with where it stands. */
export function valuesIn(
  sql: Sql,
  place: Place,
): Promise<{ where: Where; encrypted: Buffer; keyId: string }[]> {
  const encrypted = columnIn(place, place.encrypted)
  return selectRows(
    sql,
    computed<{ where: Where; encrypted: Buffer; keyId: string }>({
      ...{ where: whereOf(place), encrypted, keyId: columnIn(place, place.keyId) },
    }),
    `from ${getTableName(place.table)} where ${encrypted} is not null`,
  )
}
