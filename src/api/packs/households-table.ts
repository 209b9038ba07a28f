import type { ObligationBody } from '../../contract/api/obligations.ts'
import { LEVEL_LABELS } from '../../domain/obligation/vocabulary.ts'
import { type FileTable, plainTable, type TableCell } from '../../ledgers/file-table.ts'
import type { Person } from '../../services/vault/encryption.ts'

const COLUMNS = [
  ['编号', 18],
  ['承办单位', 16],
  ['事项', 30],
  ['等级', 8],
  ['办理状态', 10],
  ['结论', 16],
  ['姓名', 12],
  ['身份证号', 22],
  ['联系电话', 16],
  ['村(社区)', 16],
] as const

/** A household of an item, masked as the list shows it, or in the clear. */
export function householdLine(body: ObligationBody, clear: Person | undefined): TableCell[] {
  const { externalId, office, title, level, labels, subject } = body
  const { name, idNo, phone, village } = clear ?? subject ?? { name: '', idNo: '', phone: '', village: '' }
  return [
    ...[externalId, office.name, title, level && LEVEL_LABELS[level]],
    ...[labels['state'] ?? null, labels['outcome'] ?? null, name, idNo, phone, village],
  ]
}

export function householdsTable(rows: readonly TableCell[][]): FileTable {
  return plainTable('户清单', COLUMNS, rows)
}
