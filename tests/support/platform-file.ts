import { COLUMNS, type Field, FIELDS } from '../../src/ledgers/columns.ts'
import { csvLine } from '../../src/ledgers/csv-write.ts'
import { householdOf } from './households.ts'

/** The cells of an invented warning, by field. */
export function platformRow(n: number, more: Partial<Record<Field, string>> = {}): Record<Field, string> {
  const { name, idNo, phone, village, detail } = householdOf(n)
  return {
    ...{ externalId: `YJ2022${String(n).padStart(6, '0')}`, issuedAt: '2022-06-02 09:30', level: '黄色' },
    ...{ cause: '因病', group: '边缘易致贫人口', name: `${name.slice(0, 2)}${'甲乙丙丁戊己庚辛'[n % 8]}` },
    ...{ idNo, phone, town: '毛坝镇', village, detail, source: '医保局', ...more },
  }
}

/** A platform's export of these rows. @param names what the file calls a column, where not as the platform does */
export function platformFile(
  rows: readonly Record<Field, string>[],
  names: Partial<Record<Field, string>> = {},
): string {
  const head = FIELDS.map((field) => names[field] ?? COLUMNS[field])
  return [head, ...rows.map((row) => FIELDS.map((field) => row[field]))].map(csvLine).join('')
}
