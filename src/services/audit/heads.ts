import { type Head, isSound, type Stream } from '../../domain/audit/chain.ts'
import type { Instant } from '../../domain/time/days.ts'
import { keyOfBlock, type SealKeys } from '../../domain/audit/chain-keys.ts'
import { insertRow } from '../../db/insert-rows.ts'
import { rows, type Sql } from '../../db/pool.ts'
import { auditHeads, people } from '../../db/schema/index.ts'
import { columns, columnsAs, type RowsOf, selectRow, selectRows } from '../../db/select-columns.ts'
import { lastBlocks } from './chain-rows.ts'

export type SealedHead = Head & { sealedWall: Instant }

/**
 * The newest block of a stream; null while nothing is sealed. An unsound block is never published, so it gives
 * null too.
 */
export async function headOf(sql: Sql, stream: Stream, keys: SealKeys): Promise<SealedHead | null> {
  const [newest] = await lastBlocks(sql, stream, 1)
  const number = Number(newest?.number)
  if (!newest || !isSound(keyOfBlock(keys, stream, number), stream, newest)) return null
  return { stream, number, mac: newest.mac, sealedWall: Number(newest.sealedWall) }
}

const HEAD = columns(auditHeads, 'h', ['stream', 'number', 'mac'])

/** Every published head that the database remembers. */
export function publishedHeads(sql: Sql): Promise<Head[]> {
  return selectRows(sql, HEAD, 'from audit_heads h order by stream, number')
}

/** Which head of a stream was published last, and when. */
export function lastPublished(
  sql: Sql,
  stream: Stream,
): Promise<{ number: number; at: Instant } | undefined> {
  const list = columnsAs(auditHeads, 'h', { number: 'number', at: 'publishedWall' })
  const newest = 'from audit_heads h where stream = $1 order by published_wall desc limit 1'
  return selectRow(sql, list, newest, [stream])
}

/** @returns false when this head was published before */
export async function addHead(tx: Sql, head: Head, at: Instant, addresses: string[]): Promise<boolean> {
  const { stream, number, mac } = head
  const toAddress = addresses.length > 0 ? addresses.join(', ') : null
  const added = await insertRow(
    tx,
    auditHeads,
    { stream, number, mac, publishedWall: at, toAddress },
    { onConflict: 'do nothing', returning: ['number'] },
  )
  return added !== undefined
}

const AUDITOR = columnsAs(people, 'p', { name: 'name', address: 'email' })
export type Auditor = RowsOf<typeof AUDITOR>

/** Everybody who is an active auditor on that day. */
export function activeAuditors(sql: Sql, day: string): Promise<Auditor[]> {
  return rows(
    sql,
    `select distinct ${AUDITOR} from people p join person_roles r on r.person = p.id
      where r.role = 'auditor' and p.active and p.disabled_wall is null
        and (r.valid_from is null or r.valid_from <= $1) and (r.valid_until is null or r.valid_until >= $1)
      order by p.email`,
    [day],
  )
}
