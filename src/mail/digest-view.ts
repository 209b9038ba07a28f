import { beijingText, type Day, dayOf } from '../domain/time/days.ts'
import { ROLE_LABELS } from '../domain/obligation/vocabulary.ts'
import { type EntryReader, ROWS } from './digest-entry-view.ts'
import { dayWords } from './digest-lines.ts'
import { notReachedUrl } from './digest-links.ts'
import { type GroupView, groupsOf } from './digest-groups.ts'
import { byUrgency } from './digest-order.ts'
import { askedRow, type LateRow, type OfficeRow, officeRow } from './digest-rows.ts'
import { type StandingView, standingViews } from './digest-standing-view.ts'
import { preheaderOf } from './digest-subject.ts'
import { buttonOf, headlineOf } from './digest-tasks.ts'
import type { DigestInput } from './digest-types.ts'
import { flat, webUrl } from './flat.ts'
import { PALETTE } from './palette.ts'

/** What the templates see: finished words and colours, no decisions left. */
export type DigestView = {
  colours: typeof PALETTE
  headline: string
  preheader: string
  greeting: string
  county: string
  /** From when the numbers are. */
  asOf: string
  standing: StandingView[]
  offices: OfficeRow[]
  otherOffices: number
  untold: boolean
  /** Whom no mail reached; `words` is empty where nobody, or for whoever does not oversee the county. */
  notReached: { words: string; url: string }
  asked: Rows
  groups: GroupView[]
  corrections: string[]
  check: { words: string; url: string }[]
  button: string
  listUrl: string
  mailUrl: string
  reasons: string[]
  round: string
  contact: string
  trial: boolean
}
type Rows = { label: string; rows: LateRow[]; more: number }
export function digestView(input: DigestInput): DigestView {
  const today = dayOf(input.now)
  const sorted = [...input.sections].sort(byUrgency)
  const offices = (input.standing.county?.offices ?? []).slice(0, ROWS).map((o) => officeRow(o, input))
  const reader = readerOf(input, today)
  const standing = standingViews(input)
  const { button, url } = buttonOf(input)
  return {
    colours: PALETTE,
    headline: flat(headlineOf(input)),
    // A mail program would show the greeting behind a subject that says everything.
    preheader: flat(preheaderOf(input) || (standing[0]?.words ?? input.corrections[0] ?? '')),
    greeting: greeting(input),
    county: flat(input.county),
    asOf: `${dayWords(today, reader.year)} ${beijingText(input.now).slice(11)}`,
    standing,
    offices,
    otherOffices: Math.max(0, (input.standing.county?.offices.length ?? 0) - ROWS),
    untold: offices.some(({ isTold }) => !isTold),
    notReached: { words: notReachedWords(input), url: webUrl(notReachedUrl(input)) },
    asked: askedRows(input, reader),
    groups: groupsOf({ ...input, sections: sorted }, reader),
    corrections: input.corrections.map(flat),
    check: input.check.map(({ words, path }) => ({
      words: `◇ ${flat(words)}`,
      url: webUrl(`${input.appUrl}${path}`),
    })),
    button,
    listUrl: webUrl(url),
    mailUrl: webUrl(input.mailUrl),
    reasons: [...new Set([...sorted.map((e) => e.why), ...input.why].map(flat))],
    round: beijingText(input.round),
    contact: flat(input.contact),
    trial: input.trial,
  }
}

function readerOf({ recipient, standing }: DigestInput, today: Day): EntryReader {
  return {
    year: Number(today.slice(0, 4)),
    today,
    ownOffice: recipient.officeName,
    compact: standing.county !== null,
  }
}

function greeting({ recipient }: DigestInput): string {
  const posts = [recipient.officeName, ...recipient.roles.map((r) => ROLE_LABELS[r])].join(' ')
  const absent = recipient.standsInFor.map(({ name, officeName }) => `${officeName} ${name}`).join('、')
  return flat(`${recipient.name}(${posts}${absent === '' ? '' : `;${absent}离岗期间由您代理`})`)
}

function notReachedWords({ standing: { county } }: DigestInput): string {
  if (!county || county.notReached.length === 0) return ''
  const names = [...new Set(county.notReached.map(flat))]
  const who = names.slice(0, 2).join('、')
  return `近 7 天有 ${county.notReached.length} 次没有送到:${who}${names.length > 2 ? ' 等' : ''}`
}

function askedRows(input: DigestInput, reader: EntryReader): Rows {
  const { items, more } = input.asked
  const label = `请您继续督促 ${items.length + more} 件`
  return { label, rows: items.map((item) => askedRow(item, reader)), more }
}
