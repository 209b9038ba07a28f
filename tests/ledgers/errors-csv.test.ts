import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../src/ledgers/csv-write.ts'
import { errorLines, ERRORS_HEAD } from '../../src/ledgers/errors-csv.ts'

describe('the list of errors', () => {
  it('opens in a spreadsheet in Chinese', () => {
    const error = { row: 3, column: '乡镇', rule: 'unknown-town', message: '没有,"这个"乡镇' }
    const csv = ERRORS_HEAD + errorLines([error])
    expect(csv).toBe('\uFEFF行号,列,规则,说明\r\n3,乡镇,unknown-town,"没有,""这个""乡镇"\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('disarms the formula %j', (cell) => {
    expect(csvLine([cell])).toContain(`'${cell}`)
  })

  it('reads back as it was written', () => {
    const cell = fc.string().filter((s) => !/^\s*[\p{Cf}\s]*[=+\-@=+-@]|^[\t\r\n]/u.test(s))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        expect(parse(csvLine(cells), { record_delimiter: '\r\n' })).toEqual([cells])
      }),
    )
  })
})
