import { describe, expect, it } from 'vitest'
import { sampleWarnings } from '../../src/demo/sample-warnings.ts'
import { read } from '../ledgers/support.ts'

const options = { rows: 2500, seed: 7, from: '2022-05-01', to: '2022-08-31', towns: ['毛坝镇', '界岭镇'] }

describe('an invented export', () => {
  it('is valid to the last row, with an id of its own for each', async () => {
    const { rows, errors, processed } = await read([...sampleWarnings(options)].join(''))
    expect([errors, processed, rows.length]).toEqual([[], 2500, 2500])
    expect(rows.every((r) => r.issuedOn >= options.from && r.issuedOn <= options.to)).toBe(true)
    expect(rows.every((r) => r.person.idNo.startsWith('619999'))).toBe(true)
  })

  it('is the same for the same seed, and of the levels asked for', async () => {
    const yellow = { ...options, rows: 50, levels: ['yellow'] as const }
    const [one, two] = [[...sampleWarnings(yellow)].join(''), [...sampleWarnings(yellow)].join('')]
    expect(one).toBe(two)
    expect((await read(one)).rows.map((r) => r.level)).toEqual(Array(50).fill('yellow'))
  })
})
