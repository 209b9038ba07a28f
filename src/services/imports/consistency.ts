import { CONTENT_LABELS } from '../../domain/obligation/changes.ts'
import { codeOfChange } from '../../domain/obligation/consistency.ts'
import { keyInCapitals, warningKey } from '../../domain/obligation/warning-key.ts'
import type { Sql } from '../../db/pool.ts'
import { importChanges, importRows, importWithdrawals, obligations } from '../../db/schema/index.ts'
import { allOf, columns, selectRows } from '../../db/select-columns.ts'
import { CLOSED } from '../obligations/closed-states.ts'
import type { Keyring } from '../vault/encryption.ts'
import { type Asked, type Finding, knownByKey, MOST, mustBeFew, rowKey } from './finding.ts'
import { refusedRows } from './refused-findings.ts'
import type { ImportRow } from './store.ts'

/**
 * What a checked file of the platform and the ledger say differently (R11): rows that came to nothing, rows that changed, rows that the
 * ledger does not have, and what the platform does not have any more. The checking itself was done field by field as the file
 * was read (compare-rows.ts). In the order of the file.
 * @throws TooManyFindings, UnknownKey, DecryptionFailed
 */
export async function findingsOf(sql: Sql, keys: Keyring, found: ImportRow): Promise<Finding[]> {
  const asked = { sql, keys, found }
  const all = [
    ...(await refusedRows(asked)),
    ...(await changedRows(asked)),
    ...(await unknownRows(asked)),
    ...(await goneRows(asked)),
  ]
  return all.sort((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity) || (a.key < b.key ? -1 : 1))
}

const CHANGED = allOf(
  columns(importChanges, 'c', ['row', 'externalId', 'obligation', 'fields']),
  columns(obligations, 'o', ['office']),
)

async function changedRows({ sql, found }: Asked): Promise<Finding[]> {
  const changed = `from import_changes c join obligations o on o.id = c.obligation
    where c.import = $1 and c.state <> 'dismissed' and c.content_hash is distinct from o.content_hash
    order by c."row" limit ${MOST + 1}`
  const those = mustBeFew(await selectRows(sql, CHANGED, changed, [found.id]))
  return those.map(({ row, externalId, obligation, fields, office }) => ({
    ...{ key: rowKey(row), code: codeOfChange(fields), row, externalId, obligation, office },
    what: `平台和台账的${fields.map(({ field }) => CONTENT_LABELS[field]).join('、')}不同`,
    about: fields
      .map(({ field }) => field)
      .sort()
      .join(','),
  }))
}

const UNKNOWN = columns(importRows, 'r', ['row', 'externalId', 'office'])

/** What another file registered since this one was checked is not unknown any more. */
async function unknownRows({ sql, found }: Asked): Promise<Finding[]> {
  const staged = `from import_rows r where r.import = $1 order by r."row" limit ${MOST + 1}`
  const those = mustBeFew(await selectRows(sql, UNKNOWN, staged, [found.id]))
  const known = await knownByKey(
    sql,
    found,
    those.map(({ externalId }) => warningKey(externalId)),
  )
  return those
    .filter(({ externalId }) => !known.has(keyInCapitals(warningKey(externalId))))
    .map(({ row, externalId, office }) => ({
      ...{ key: rowKey(row), code: 'incomplete' as const, row, externalId, obligation: null, office },
      ...{ what: '平台有这条预警,台账没有', about: '', willRegister: true as const },
    }))
}

const GONE = allOf(
  columns(importWithdrawals, 'w', ['row', 'externalId', 'obligation']),
  columns(obligations, 'o', ['office']),
)

/** What was accepted or cancelled since is in hand no more. */
async function goneRows({ sql, found }: Asked): Promise<Finding[]> {
  const open = `from import_withdrawals w join obligations o on o.id = w.obligation
    where w.import = $1 and o.state not in (${CLOSED}) order by w.external_id limit ${MOST + 1}`
  const proposed = mustBeFew(await selectRows(sql, GONE, open, [found.id]))
  const isListed = found.kind === 'withdrawals'
  const span = `${found.completeFrom ?? ''} 至 ${found.completeUntil ?? ''}`
  return proposed.map(({ obligation, row, externalId, office }) => ({
    ...{ key: `gone:${obligation}`, row, externalId, obligation, office, about: '' },
    ...(isListed
      ? { code: 'outdated' as const, what: '平台已撤回,台账还在办' }
      : { code: 'untrue' as const, what: `台账在办,平台 ${span} 的完整文件里没有` }),
  }))
}
