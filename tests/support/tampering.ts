import { randomBytes } from 'node:crypto'
import { rows, type Sql } from '../../src/db/pool.ts'
import { blocksAfter, SEALED, sealedEvents } from '../../src/services/audit/chain-rows.ts'
import { insertBlock, sealStream } from '../../src/services/audit/chain.ts'
import { type Block, sealBlock, type Stream, unpackEntries } from '../../src/domain/audit/chain.ts'
import type { Random } from '../../src/demo/random.ts'
import { KEYS, WALL } from './audit.ts'

/** A sealed stream. `gaps`: ids below the highest that nothing has. `head`: the last block that was made known. */
export type Ground = {
  stream: Stream
  ids: number[]
  gaps: number[]
  blocks: Block[]
  head: number
  random: Random
}
/** What was laid hands on: a finding must name one of these, and nothing else. */
export type Touched = { ids: number[]; blocks: number[] }
type Tampering = (tx: Sql, ground: Ground) => Promise<Touched>

const COLUMNS = {
  audit: {
    instant: ['at_wall'],
    nullable: ['county', 'behalf', 'address', 'subject', 'request_id'],
    text: ['actor', 'action'],
    other: { outcome: "case outcome when 'done' then 'refused' else 'done' end" },
  },
  history: {
    instant: ['at'],
    nullable: [],
    text: ['actor', 'action', 'state'],
    other: {
      obligation: '(select o.id from obligations o where o.id <> obligation limit 1)',
      encrypted_text: "case when encrypted_text is null then '\\x01'::bytea end",
    },
  },
} as const

/** Every column under the seal, with an expression that is never what stood there before. */
function edits(stream: Stream): [column: string, value: string][] {
  const { instant, nullable, text, other } = COLUMNS[stream]
  return [
    ...instant.flatMap((c): [string, string][] => [
      [c, `${c} + interval '1 millisecond'`],
      [c, `${c} - interval '3 days'`],
      [c, "'infinity'"],
    ]),
    ...nullable.map((c): [string, string] => [c, `case when ${c} is null then 'x' end`]),
    ...text.map((c): [string, string] => [c, `${c} || '.'`]),
    ...Object.entries(other),
    ['detail', `detail || '{"seen": true}'`],
    ['detail', `detail - 'n'`],
    ['detail', `jsonb_set(detail, '{n}', ((detail->>'n') || '.0')::jsonb)`],
    ['detail', `jsonb_set(detail, '{big}', '12345678901234567891')`],
  ]
}

function columnsOf(stream: Stream): string[] {
  const { instant, nullable, text, other } = COLUMNS[stream]
  return [...instant, ...nullable, ...text, ...Object.keys(other), 'detail']
}
const allColumns = (stream: Stream) => columnsOf(stream).join(', ')

/** What is tried of each sealed table. */
export function sealedColumns(): { table: string; columns: string[] }[] {
  return (['audit', 'history'] as const).map((stream) => ({
    table: SEALED[stream].table,
    columns: columnsOf(stream),
  }))
}
const table = (g: Ground) => SEALED[g.stream].table
const numbers = (blocks: Block[]) => blocks.map((b) => Number(b.number))
const idsOf = (blocks: Block[]) => blocks.flatMap((b) => unpackEntries(b.entries).entries.map((e) => e.id))
const touchedIds = (...ids: number[]): Touched => ({ ids, blocks: [] })
const touchedBlocks = (...blocks: number[]): Touched => ({ ids: [], blocks })

function two<T>(random: Random, list: readonly T[]): [T, T] {
  const one = random.pick(list)
  return [one, random.pick(list.filter((x) => x !== one))]
}

const deleteEvents = (tx: Sql, g: Ground, ids: number[]) =>
  tx.query(`delete from ${table(g)} where id = any($1::bigint[])`, [ids])
const deleteBlocks = (tx: Sql, g: Ground, blocks: Block[]) =>
  tx.query('delete from audit_blocks where stream = $1 and number = any($2::bigint[])', [
    g.stream,
    numbers(blocks),
  ])

async function insertCopy(tx: Sql, g: Ground, id: number, transaction: string): Promise<Touched> {
  const columns = allColumns(g.stream)
  await tx.query(
    `insert into ${table(g)} (id, tx, ${columns}) select $1, ${transaction}, ${columns} from ${table(g)} where id = $2`,
    [id, g.random.pick(g.ids)],
  )
  return touchedIds(id)
}

async function forgeFrom(tx: Sql, g: Ground, first: number, last: number): Promise<void> {
  const wrong = randomBytes(32)
  let before = g.blocks.findLast((b) => Number(b.number) < first)?.mac ?? Buffer.alloc(32)
  for (const block of g.blocks.filter((b) => Number(b.number) >= first && Number(b.number) <= last)) {
    const events = await sealedEvents(tx, g.stream, 'e.id = any($1::bigint[]) order by e.id', [
      idsOf([block]),
    ])
    await deleteBlocks(tx, g, [block])
    const forged = sealBlock(
      wrong,
      g.stream,
      { number: Number(block.number) - 1, mac: before },
      {
        events,
        frame: unpackEntries(block.entries).frame,
        sealedWall: Number(block.sealedWall),
      },
    )
    await insertBlock(tx, g.stream, forged)
    before = forged.mac
  }
}

const editOne = async (tx: Sql, g: Ground, id: number) => {
  const [column, value] = g.random.pick(edits(g.stream))
  await tx.query(`update ${table(g)} set ${column} = ${value} where id = $1`, [id])
}

export const TAMPERINGS: Record<string, Tampering> = {
  'a column of an event is edited': async (tx, g) => {
    const id = g.random.pick(g.ids)
    await editOne(tx, g, id)
    return touchedIds(id)
  },
  'an event gets the content of another': async (tx, g) => {
    const [id, from] = two(g.random, g.ids)
    const columns = allColumns(g.stream)
    await tx.query(
      `update ${table(g)} set (${columns}) = (select ${columns} from ${table(g)} where id = $2) where id = $1`,
      [id, from],
    )
    return touchedIds(id)
  },
  'an event is deleted': async (tx, g) => {
    const id = g.random.pick(g.ids)
    await deleteEvents(tx, g, [id])
    return touchedIds(id)
  },
  'all events of a block are deleted': async (tx, g) => {
    const ids = idsOf([g.random.pick(g.blocks)])
    await deleteEvents(tx, g, ids)
    return touchedIds(...ids)
  },
  'an event is inserted in a gap': (tx, g) =>
    insertCopy(tx, g, g.random.pick(g.gaps), g.random.pick(['tx', "'3'::xid8", 'pg_current_xact_id()'])),
  'an event is inserted behind the last one, as if it were old': (tx, g) =>
    insertCopy(tx, g, Math.max(...g.ids) + 1 + g.random.below(50), g.random.pick(['tx', "'3'::xid8"])),
  'an event is inserted as from the future': (tx, g) =>
    insertCopy(tx, g, Math.max(...g.ids) + 1 + g.random.below(50), "'999999999999'::xid8"),
  'two events exchange their contents': async (tx, g) => {
    const [a, b] = two(g.random, g.ids)
    const columns = allColumns(g.stream)
    await tx.query(
      `update ${table(g)} e set (${columns}) =
         (select ${columns} from ${table(g)} o where o.id = case e.id when $1 then $2::bigint else $1 end)
        where e.id in ($1::bigint, $2)`,
      [a, b],
    )
    return touchedIds(a, b)
  },
  'two events exchange their ids': async (tx, g) => {
    const [a, b] = two(g.random, g.ids)
    for (const [from, to] of [
      [a, -1],
      [b, a],
      [-1, b],
    ])
      await tx.query(`update ${table(g)} set id = $2 where id = $1`, [from, to])
    return touchedIds(a, b)
  },
  'an event is renumbered': async (tx, g) => {
    const id = g.random.pick(g.ids)
    const to = g.random.pick([g.random.pick(g.gaps), Math.max(...g.ids) + 7])
    await tx.query(`update ${table(g)} set id = $2 where id = $1`, [id, to])
    return touchedIds(id, to)
  },
  'everything from a block on is cut off': async (tx, g) => {
    const gone = g.blocks.slice(g.random.below(g.head))
    await deleteEvents(tx, g, idsOf(gone))
    await deleteBlocks(tx, g, gone)
    return touchedBlocks(...numbers(gone))
  },
  'blocks are cut off, an event is edited, and the service seals it all anew': async (tx, g) => {
    const gone = g.blocks.slice(g.random.below(g.head))
    await editOne(tx, g, g.random.pick(idsOf(gone.slice(0, 1))))
    await deleteBlocks(tx, g, gone)
    await sealStream(tx, g.stream, KEYS, WALL, 20)
    return touchedBlocks(...numbers(gone))
  },
  'a block is deleted': async (tx, g) => {
    const block = g.random.pick(g.blocks.slice(0, -1))
    await deleteBlocks(tx, g, [block])
    return touchedBlocks(Number(block.number))
  },
  'a block is deleted with its events': async (tx, g) => {
    const block = g.random.pick(g.blocks.slice(0, -1))
    await deleteEvents(tx, g, idsOf([block]))
    await deleteBlocks(tx, g, [block])
    return touchedBlocks(Number(block.number))
  },
  'a column of a block is edited': async (tx, g) => {
    const { number } = g.random.pick(g.blocks)
    const flip = (c: string) => {
      const at = `${g.random.below(1 << 16)} % length(${c})`
      return `${c} = set_byte(${c}, ${at}, get_byte(${c}, ${at}) # ${1 + g.random.below(255)})`
    }
    const change = g.random.pick([
      flip('entries'),
      flip('mac'),
      flip('previous'),
      "entries = ''",
      'entries = substr(entries, 1, length(entries) - 24), count = count - 1',
      'first_id = first_id + 1',
      'last_id = last_id - 1',
      'count = count + 1',
      "sealed_wall = sealed_wall + interval '1 hour'",
      "sealed_wall = 'infinity'",
    ])
    await tx.query(`update audit_blocks set ${change} where stream = $1 and number = $2`, [g.stream, number])
    return touchedBlocks(Number(number))
  },
  'a block is renumbered': async (tx, g) => {
    const { number } = g.random.pick(g.blocks.slice(0, g.head))
    const to = g.random.pick([1_000 + Number(number), -Number(number)])
    await tx.query('update audit_blocks set number = $3 where stream = $1 and number = $2', [
      g.stream,
      number,
      to,
    ])
    return touchedBlocks(Number(number), to)
  },
  'two blocks change places': async (tx, g) => {
    const [a, b] = two(g.random, numbers(g.blocks))
    for (const [from, to] of [
      [a, -1],
      [b, a],
      [-1, b],
    ])
      await tx.query('update audit_blocks set number = $3 where stream = $1 and number = $2', [
        g.stream,
        from,
        to,
      ])
    return touchedBlocks(a, b)
  },
  'an event is edited and the chain written anew from there without the key': async (tx, g) => {
    const from = Number(g.random.pick(g.blocks).number)
    const last = Number(g.blocks[g.blocks.length - 1]!.number)
    const id = g.random.pick(idsOf([g.blocks[from - 1]!]))
    await editOne(tx, g, id)
    await forgeFrom(tx, g, from, last)
    return { ids: [id], blocks: numbers(g.blocks.slice(from - 1)) }
  },
  'an event is edited and its block alone sealed without the key': async (tx, g) => {
    const number = Number(g.random.pick(g.blocks).number)
    const id = g.random.pick(idsOf([g.blocks[number - 1]!]))
    await editOne(tx, g, id)
    await forgeFrom(tx, g, number, number)
    return { ids: [id], blocks: [number] }
  },
  'a checkpoint is made up, as if all before had been pruned': async (tx, g) => {
    const block = g.random.pick(g.blocks.slice(0, -1))
    const pruned = g.blocks.slice(0, Number(block.number))
    await tx.query(
      `insert into audit_checkpoints (stream, number, through_id, mac, seal, pruned_wall) values ($1, $2, $3, $4, $5, now())`,
      [g.stream, block.number, block.lastId, block.mac, randomBytes(32)],
    )
    await deleteEvents(tx, g, idsOf(pruned))
    await deleteBlocks(tx, g, pruned)
    return touchedBlocks(...numbers(pruned))
  },
}

export async function surveyGround(sql: Sql, stream: Stream, head: number, random: Random): Promise<Ground> {
  const blocks = await blocksAfter(sql, stream, null, 1_000)
  const stored = await rows<{ id: number }>(sql, `select id from ${SEALED[stream].table} order by id`)
  const ids = stored.map((s) => s.id)
  const gaps = Array.from({ length: Math.max(...ids) }, (_, i) => i + 1).filter((id) => !ids.includes(id))
  return { stream, ids, gaps, blocks, head, random }
}
