import { hasPermission, type PermissionCode } from '../session/may.ts'
import type { Me } from '../session/use-me.ts'

type Entry = {
  /** The route's name. */
  name: string
  word: string
  /** Shown to whoever has any of these; to everybody when absent. */
  may?: readonly PermissionCode[]
  /** Shown only where there is a trial inbox. */
  trial?: true
}

/** The pages of the top line, in order. */
export const MENU: readonly Entry[] = [
  { name: 'overview', word: 'menu.overview' },
  { name: 'obligations', word: 'menu.obligations', may: ['obligations:read'] },
  { name: 'review', word: 'menu.review', may: ['obligations:review'] },
  { name: 'comparisons', word: 'menu.comparisons', may: ['obligations:read'] },
  { name: 'screenings', word: 'menu.screenings', may: ['obligations:read'] },
  { name: 'problems', word: 'menu.problems', may: ['obligations:read'] },
  { name: 'imports', word: 'menu.imports', may: ['imports:read'] },
  { name: 'mails', word: 'menu.mails', may: ['mails:read'] },
  { name: 'inbox', word: 'menu.inbox', trial: true },
  { name: 'admin', word: 'menu.admin', may: ['users:manage', 'keys:manage', 'audit:read'] },
]

export function menuOf(me: Me | undefined): readonly Entry[] {
  return MENU.filter(
    ({ may, trial }) =>
      (may?.some((code) => hasPermission(me, code)) ?? true) && (!trial || me?.openInbox === true),
  )
}
