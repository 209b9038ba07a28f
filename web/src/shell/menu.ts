import { hasPermission, type PermissionCode } from '../session/may.ts'
import type { Me } from '../session/use-me.ts'

type Page = {
  /** The route's name. */
  name: string
  word: string
  /** Shown to whoever has any of these; to everybody when absent. */
  may?: readonly PermissionCode[]
  /** Shown only where there is a trial inbox. */
  trial?: true
}
/** Pages under one word. */
type Group = { word: string; pages: readonly Page[] }
type Entry = Page | Group

const READS = ['obligations:read'] as const

/** The pages of the top line, in order. */
const MENU: readonly Entry[] = [
  { name: 'overview', word: 'menu.overview' },
  { name: 'obligations', word: 'menu.obligations', may: READS },
  { name: 'review', word: 'menu.review', may: ['obligations:review'] },
  {
    word: 'menu.campaignWork',
    pages: [
      { name: 'comparisons', word: 'menu.comparisons', may: READS },
      { name: 'screenings', word: 'menu.screenings', may: READS },
      { name: 'problems', word: 'menu.problems', may: READS },
      { name: 'hand-overs', word: 'menu.handOvers', may: READS },
      { name: 'roster', word: 'menu.roster', may: READS },
      { name: 'samples', word: 'menu.samples', may: READS },
      { name: 'statistics', word: 'menu.statistics', may: READS },
      { name: 'rules', word: 'menu.rules', may: ['policies:read'] },
      { name: 'year-plan', word: 'menu.yearPlan', may: ['campaigns:manage'] },
    ],
  },
  { name: 'imports', word: 'menu.imports', may: ['imports:read'] },
  {
    word: 'menu.mails',
    pages: [
      { name: 'mails', word: 'menu.mails', may: ['mails:read'] },
      { name: 'inbox', word: 'menu.inbox', trial: true },
    ],
  },
  {
    name: 'admin',
    word: 'menu.admin',
    may: ['users:manage', 'keys:manage', 'audit:read', 'calendar:manage', 'absences:manage'],
  },
]

/** What somebody may open; a group of which one page is left is that page. */
export function menuOf(me: Me | undefined): readonly Entry[] {
  return MENU.flatMap((entry): Entry[] => {
    const pages = pagesOf(entry).filter((page) => isShown(page, me))
    return pages.length > 1 ? [{ word: entry.word, pages }] : pages
  })
}

/** The pages of an entry, itself or those of the group. */
export function pagesOf(entry: Entry): readonly Page[] {
  return 'pages' in entry ? entry.pages : [entry]
}

function isShown({ may, trial }: Page, me: Me | undefined): boolean {
  return (may?.some((code) => hasPermission(me, code)) ?? true) && (!trial || me?.openInbox === true)
}
