import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Block,
  blockMac,
  canonical,
  checkpointSeal,
  eventMac,
  type Field,
  type Frame,
  GENESIS,
  type Head,
  isSound,
  packEntries,
  sealBlock,
  type SealedEvent,
  unpackEntries,
} from '../../../src/domain/audit/chain.ts'
import { compareBlock, judgeChanged } from '../../../src/domain/audit/compare.ts'
import { ChainWalk } from '../../../src/domain/audit/walk.ts'
import { firstSealKeys } from '../../../src/domain/audit/chain-keys.ts'

const KEY = Buffer.alloc(32, 1)
const KEYS = firstSealKeys(KEY)
const OTHER = Buffer.alloc(32, 2)
const HOUR = 3_600_000

const field: fc.Arbitrary<Field> = fc.oneof(
  fc.string(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
)
const event = (id: number, text = `event ${id}`): SealedEvent => ({ id, content: [text, null, 'open'] })

/** Blocks of two events each: 1 and 2, 3 and 4, …; block n was sealed at n o'clock. */
function chain(length: number, key = KEY): Block[] {
  const blocks: Block[] = []
  for (let n = 1; n <= length; n++)
    blocks.push(
      sealBlock(
        key,
        'audit',
        { number: n - 1, mac: blocks[n - 2]?.mac ?? GENESIS },
        {
          events: [event(2 * n - 1), event(2 * n)],
          frame: { horizon: 10 * n, bound: 10 * n + 2, highest: 2 * n },
          sealedWall: n * HOUR,
        },
      ),
    )
  return blocks
}

function walk(
  blocks: Block[],
  heads: Head[] = [],
  checkpoint: ConstructorParameters<typeof ChainWalk>[2] = null,
) {
  const walker = new ChainWalk(KEYS, 'audit', checkpoint, heads)
  for (const block of blocks) walker.step(block)
  walker.end()
  return walker
}
const findings = (...args: Parameters<typeof walk>) => walk(...args).findings.map(({ stream: _, ...f }) => f)
const headOf = (block: Block): Head => ({ stream: 'audit', number: Number(block.number), mac: block.mac })

describe('the canonical form of a list of fields', () => {
  test('differs for every other list of fields', () => {
    fc.assert(
      fc.property(fc.array(field), fc.array(field), (a, b) => {
        const same =
          a.length === b.length &&
          a.every((x, i) => typeof x === typeof b[i] && Buffer.from(x ?? '').equals(Buffer.from(b[i] ?? '')))
        const nulls = a.length === b.length && a.every((x, i) => (x === null) === (b[i] === null))
        expect(canonical(a).equals(canonical(b))).toBe(same && nulls)
      }),
    )
  })

  test.each<[string, Field[], Field[]]>([
    ['moves between fields', ['ab', 'c'], ['a', 'bc']],
    ['is null or empty', [null], ['']],
    ['is text or bytes', ['a'], [Buffer.from('a')]],
    ['is one field or two', ['', ''], ['']],
  ])('shows that something %s', (_, a, b) => {
    expect(canonical(a)).not.toEqual(canonical(b))
  })
})

describe('the MAC of an event', () => {
  test('changes with its key, stream, id and every field', () => {
    const mac = eventMac(KEY, 'audit', 1, ['a', null])
    expect(mac).toHaveLength(16)
    for (const other of [
      eventMac(OTHER, 'audit', 1, ['a', null]),
      eventMac(KEY, 'history', 1, ['a', null]),
      eventMac(KEY, 'audit', 2, ['a', null]),
      eventMac(KEY, 'audit', 1, ['a', '']),
    ])
      expect(other.equals(mac)).toBe(false)
  })
})

describe('a block', () => {
  const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
  const frame: fc.Arbitrary<Frame> = fc.record({ horizon: number, bound: number, highest: number })
  const entry = fc.record({
    id: number,
    mac: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes)),
  })

  test('gives back what was packed', () => {
    fc.assert(
      fc.property(frame, fc.array(entry, { maxLength: 20 }), (f, entries) => {
        expect(unpackEntries(packEntries(f, entries))).toEqual({ frame: f, entries })
      }),
    )
  })

  test('is sound only as it was sealed, with the key it was sealed with', () => {
    const [, block] = chain(2) as [Block, Block]
    expect(isSound(KEY, 'audit', block)).toBe(true)
    expect(isSound(OTHER, 'audit', block)).toBe(false)
    expect(isSound(KEY, 'history', block)).toBe(false)
    const changes: Partial<Block>[] = [
      { number: '3' },
      { firstId: '2' },
      { lastId: '5' },
      { count: 3 },
      { entries: Buffer.concat([block.entries, Buffer.alloc(24)]) },
      { previous: GENESIS },
      { sealedWall: 'Infinity' },
      { mac: Buffer.alloc(0) },
    ]
    for (const change of changes) expect(isSound(KEY, 'audit', { ...block, ...change })).toBe(false)
  })
})

describe('a walk along the chain', () => {
  const five = chain(5)
  const without = (...numbers: number[]) => five.filter((b) => !numbers.includes(Number(b.number)))
  const changed = (n: number, change: Partial<Block>) =>
    five.map((b) => (Number(b.number) === n ? { ...b, ...change } : b))

  test('finds nothing in an untouched chain, with or without published heads', () => {
    expect(findings([])).toEqual([])
    expect(findings(five)).toEqual([])
    expect(findings(five, [headOf(five[2]!), headOf(five[4]!)])).toEqual([])
  })

  test('finds a changed block once, and no fault in its neighbours', () => {
    for (const change of [{ mac: GENESIS }, { previous: Buffer.alloc(32, 9) }, { count: 9 }])
      expect(findings(changed(3, change))).toEqual([{ kind: 'block-edited', block: 3, since: 4 * HOUR }])
    expect(findings(changed(5, { count: 9 }))).toEqual([{ kind: 'block-edited', block: 5, since: 4 * HOUR }])
  })

  test('names missing blocks, each run of them as one finding', () => {
    expect(findings(without(1, 3, 4))).toEqual([
      { kind: 'block-missing', block: 1, since: 2 * HOUR },
      { kind: 'block-missing', block: 3, through: 4, since: 5 * HOUR },
    ])
  })

  test('finds a cut-off end only with a published head', () => {
    expect(findings(without(4, 5))).toEqual([])
    expect(findings(without(4, 5), [headOf(five[4]!)])).toEqual([
      { kind: 'cut-off', block: 4, through: 5, since: 3 * HOUR },
    ])
    expect(findings([], [headOf(five[1]!)])).toEqual([{ kind: 'cut-off', block: 1, through: 2, since: null }])
  })

  test('ignores the heads of the other stream', () => {
    expect(findings(five, [{ stream: 'history', number: 99, mac: GENESIS }])).toEqual([])
  })

  test('finds a rewritten chain where the rewriting begins', () => {
    const forged = chain(5, OTHER)
    const tail = forged.slice(2).map((b, i) => ({ ...b, previous: i === 0 ? five[1]!.mac : b.previous }))
    expect(findings([...five.slice(0, 2), ...tail])).toEqual([
      { kind: 'chain-rewritten', block: 3, through: 5, since: 2 * HOUR },
    ])
    // With the wrong master key everything looks so.
    expect(findings(forged)).toEqual([{ kind: 'chain-rewritten', block: 1, through: 5, since: null }])
  })

  test('finds that a chain sealed again by the service is not the published one', () => {
    expect(findings(five, [{ stream: 'audit', number: 3, mac: GENESIS }])).toEqual([
      { kind: 'chain-rewritten', block: 3, since: 2 * HOUR },
    ])
  })

  test('finds the seam where two chains were joined', () => {
    const later = sealBlock(
      KEY,
      'audit',
      { number: 2, mac: GENESIS },
      {
        events: [event(5)],
        frame: { horizon: 30, bound: 32, highest: 6 },
        sealedWall: 3 * HOUR,
      },
    )
    expect(findings([...five.slice(0, 2), later])).toEqual([
      { kind: 'chain-rewritten', block: 2, since: 2 * HOUR },
    ])
  })

  test('begins behind a checkpoint, if the key made the checkpoint', () => {
    const at = { number: '2', throughId: '4', mac: five[1]!.mac, prunedWall: String(9 * HOUR) }
    const checkpoint = { ...at, seal: checkpointSeal(KEY, 'audit', at) }
    expect(findings(five.slice(2), [headOf(five[0]!), headOf(five[1]!)], checkpoint)).toEqual([])
    const made = { ...at, seal: checkpointSeal(OTHER, 'audit', at) }
    expect(findings(five.slice(2), [], made)).toEqual([
      { kind: 'block-edited', block: 2, since: null },
      { kind: 'block-missing', block: 1, through: 2, since: 3 * HOUR },
    ])
    expect(findings(five.slice(3), [], checkpoint)).toEqual([
      { kind: 'block-missing', block: 3, since: 4 * HOUR },
    ])
    // One that was pruned and put back.
    expect(findings(five.slice(1), [], checkpoint)[0]).toEqual({ kind: 'inserted', block: 2, since: null })
  })

  test('assigns an unlisted event to the block whose horizon lies above its transaction', () => {
    expect(walk(five).stray({ id: 7, tx: 25 })).toMatchObject({
      kind: 'inserted',
      id: 7,
      block: 3,
      since: 3 * HOUR,
    })
    expect(walk(five).stray({ id: 7, tx: 60 })).toMatchObject({ kind: 'inserted', id: 7, since: 5 * HOUR })
    // Perhaps the missing block listed it.
    expect(walk(without(3)).stray({ id: 7, tx: 25 })).toBeNull()
    expect(walk(without(3)).stray({ id: 7, tx: 5 })).not.toBeNull()
    expect(walk(changed(3, { count: 9 })).stray({ id: 7, tx: 25 })).toBeNull()
  })

  test('takes no time for forged block numbers', () => {
    expect(findings(five, [{ stream: 'audit', number: 10 ** 15, mac: GENESIS }])).toEqual([
      { kind: 'cut-off', block: 6, through: 10 ** 15, since: 5 * HOUR },
    ])
  })
})

describe("comparing a block's list with the table", () => {
  const listed = {
    number: 1,
    sealedWall: HOUR,
    entries: [1, 2, 3].map((id) => ({ id, mac: eventMac(KEY, 'audit', id, event(id).content) })),
  }
  const judge = (stored: Parameters<typeof compareBlock>[3]) => {
    const { deleted, changed } = compareBlock(KEY, 'audit', listed, stored)
    return [...deleted, ...judgeChanged(KEYS, 'audit', changed)].map((f) => [f.kind, f.id, f.other])
  }
  const stored = (...events: ReturnType<typeof event>[]) => new Map(events.map((e) => [e.id, e]))

  test.each([
    ['nothing', stored(event(1), event(2), event(3)), []],
    ['one that is gone', stored(event(1), event(3)), [['deleted', 2, undefined]]],
    ['one that was edited', stored(event(1), event(2, 'x'), event(3)), [['edited', 2, undefined]]],
    ['a copy of another', stored(event(1), event(2, 'event 1'), event(3)), [['edited', 2, undefined]]],
    [
      'two that were exchanged',
      stored(event(1, 'event 3'), event(2), event(3, 'event 1')),
      [
        ['reordered', 1, 3],
        ['reordered', 3, 1],
      ],
    ],
  ])('finds %s', (_, events, expected) => {
    expect(judge(events)).toEqual(expected)
  })

  test('accepts erased content only where erasure was due', () => {
    const erased = { id: 2, content: ['', null, 'open'], erased: event(2).content }
    expect(judge(stored(event(1), erased, event(3)))).toEqual([])
    expect(judge(stored(event(1), { ...erased, erased: ['', null, 'closed'] }, event(3)))).toHaveLength(1)
  })

  test('the MAC of a block covers its entries', () => {
    const [block] = chain(1) as [Block]
    expect(blockMac(KEY, 'audit', block)).toEqual(block.mac)
    expect(blockMac(KEY, 'audit', { ...block, entries: Buffer.alloc(24) })).not.toEqual(block.mac)
  })
})
