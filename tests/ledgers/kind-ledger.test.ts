import { expect, it } from 'vitest'
import type { LedgerRow } from '../../src/kinds/kind.ts'
import { kindOf } from '../../src/kinds/kinds.ts'
import { kindTable } from '../../src/ledgers/kind-table.ts'
import { tableCsv } from '../../src/ledgers/table-csv.ts'

const row: LedgerRow = {
  externalId: null,
  title: '与教育局年度数据比对',
  state: 'accepted',
  officeName: '核对中心',
  level: null,
  cause: null,
  group: null,
  source: 'education',
  issuedOn: '2022-10-08',
  dueOn: '2022-12-15',
  redoDueOn: '2022-12-22',
  everLate: true,
  facts: { partner: 'education', period: 'Y' },
  result: {},
}

it('writes the columns of its kind, one line an obligation', () => {
  expect(tableCsv(kindTable(kindOf('comparison'), [row]))).toBe(
    '\uFEFF承办单位,比对部门,期次,事项,比对日期,比对条数,命中条数,产生预警条数,比对方式,到期日,重办到期日,办理状态,是否逾期\r\n核对中心,教育局,Y,与教育局年度数据比对,,,,,,2022-12-15,2022-12-22,已办结,是\r\n',
  )
})

it('the task of a whole list is told from a problem', () => {
  const ofTown = { ...row, title: '问题清单整改销号', facts: {} }
  const problem = { ...row, title: '漏保一户', facts: { origin: 'audit' } }
  const [, first, second] = tableCsv(kindTable(kindOf('rectification'), [ofTown, problem])).split('\r\n')
  expect(first?.split(',')[1]).toBe('(全镇清单的任务)')
  expect(second?.split(',')[1]).toBe('审计')
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])(
  'a cell that begins like a formula (%j) stays text',
  (title) => {
    const [, line = ''] = tableCsv(kindTable(kindOf('launch'), [{ ...row, title, facts: {} }])).split('\r\n')
    expect(line.split(',')[1]).toBe(`'${title}`)
  },
)
