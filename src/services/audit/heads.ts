import { type Head, isSound, type Stream } from '../../domain/audit/chain.ts'
import type { Instant } from '../../domain/time/days.ts'
import { keyOfBlock, type SealKeys } from '../../domain/audit/chain-keys.ts'
import { row, rows, type Sql, ts } from '../../db/pool.ts'
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

/** Every published head that the database remembers. */
export function publishedHeads(sql: Sql): Promise<Head[]> {
  return rows(sql, 'select stream, number, mac from audit_heads order by stream, number')
}

/** Which head of a stream was published last, and when. */
export function lastPublished(
  sql: Sql,
  stream: Stream,
): Promise<{ number: number; at: Instant } | undefined> {
  return row(
    sql,
    'select number, published_wall as at from audit_heads where stream = $1 order by published_wall desc limit 1',
    [stream],
  )
}

/** @returns false when this head was published before */
export async function addHead(tx: Sql, head: Head, at: Instant, addresses: string[]): Promise<boolean> {
  const added = await tx.query(
    `insert into audit_heads (stream, number, mac, published_wall, to_address) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [head.stream, head.number, head.mac, ts(at), addresses.length > 0 ? addresses.join(', ') : null],
  )
  return added.rowCount === 1
}

export type Auditor = { name: string; address: string }

/** Everybody who is an active auditor on that day. */
export function activeAuditors(sql: Sql, day: string): Promise<Auditor[]> {
  return rows(
    sql,
    `select distinct p.name, p.email as address from people p join person_roles r on r.person = p.id
      where r.role = 'auditor' and p.active and p.disabled_wall is null
        and (r.valid_from is null or r.valid_from <= $1) and (r.valid_until is null or r.valid_until >= $1)
      order by p.email`,
    [day],
  )
}
