import type { WhyRow } from '../../services/notifications/mail-overview.ts'
import { momentLabel } from '../../domain/escalation/moment-label.ts'
import { ROLE_LABELS, type Role } from '../../domain/obligation/vocabulary.ts'

/** Why a mail was sent, one sentence for each notice in it. */
export function whyWords(rows: WhyRow[]): { what: string; because: string; at: string | null }[] {
  return rows.map((row) => ({
    what:
      row.label && row.momentForm
        ? `${row.officeName} ${row.label}:${momentLabel(row.momentForm)}`
        : row.what,
    because: row.audience?.roles
      ? `督办层级:${row.audience.roles.map((r) => ROLE_LABELS[r as Role]).join('、')}`
      : row.kind === 'correction'
        ? '更正或人员变动的告知'
        : '承办人员',
    at: row.firedAt === null ? null : new Date(row.firedAt).toISOString(),
  }))
}
