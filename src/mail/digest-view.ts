import { beijingText, type Day, dayOf } from '../domain/time/days.ts'
import { ROLE_LABELS } from '../domain/obligation/vocabulary.ts'
import { type EntryReader, type EntryView, entryView, ROWS } from './digest-entry-view.ts'
import { begunByReader } from './digest-colleague.ts'
import { dayWords } from './digest-lines.ts'
import { notReachedUrl } from './digest-links.ts'
import { byUrgency, things, total } from './digest-order.ts'
import { isLate, type Part, PARTS, partsOf } from './digest-parts.ts'
import { askedPosts, type PeopleView, sharingWords, toldOfAll, viewsOf } from './digest-people.ts'
import { askedRow, type LateRow, lateRow, type OfficeRow, officeRow } from './digest-rows.ts'
import { type StandingView, standingViews } from './digest-standing-view.ts'
import { preheaderOf } from './digest-subject.ts'
import { buttonOf, headlineOf } from './digest-tasks.ts'
import type { DigestEntry, DigestInput } from './digest-types.ts'
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
  late: Rows
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
/** `told`: who was told of all its lines; `sharing`: who shares all of them. */
type GroupView = {
  label: string
  told: PeopleView[]
  sharing: string
  entries: (EntryView & { sharing: string })[]
  unlisted: string
}

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
    late: { label: lateLabel(input), ...lateRows(input, reader) },
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

const LABELS: Record<Part, (count: number, entries: readonly DigestEntry[]) => string> = {
  press: (count) => `请您督促 ${count} 件`,
  // What somebody of the same role begins with is not asked of the reader.
  do: (count, entries) => doLabel(things(begunByReader(entries)), count),
  'stand-by': (count) => `由同事先督促、您一并知晓 ${count} 件`,
  know: (count, entries) => `已请${askedPosts(entries)}督促、您知晓即可 ${count} 件`,
  done: (count) => `已通过复核、无需再办 ${count} 件`,
}

function doLabel(own: number, all: number): string {
  if (own === 0) return `由同事先办理、您一并知晓 ${all} 件`
  return own === all ? `请您办理 ${own} 件` : `请您办理 ${own} 件,由同事先办理、您一并知晓 ${all - own} 件`
}

function groupsOf(input: DigestInput, reader: EntryReader): GroupView[] {
  const parts = partsOf(input)
  return PARTS.filter((part) => parts[part].length > 0).map((part) => groupOf(part, parts[part], reader))
}

function groupOf(part: Part, entries: readonly DigestEntry[], reader: EntryReader): GroupView {
  const left = entries.slice(ROWS)
  const shown = entries.slice(0, ROWS)
  const besides = toldOfAll(shown)
  const shared = new Set(shown.map(sharingOf(part)))
  const [sharing = ''] = shared
  return {
    label: LABELS[part](part === 'done' ? total(entries) : things(entries), entries),
    told: viewsOf('都已告知', besides, part === 'press' || part === 'stand-by'),
    sharing: shared.size === 1 ? sharing : '',
    entries: shown.map((e) => ({
      ...entryView(e, reader, { part, besides }),
      sharing: shared.size === 1 ? '' : sharingOf(part)(e),
    })),
    unlisted: left.length > 0 ? `另有 ${left.length} 条(${total(left)} 件),见本信所列事项` : '',
  }
}

/** Whoever stands by reads in the line itself who begins. */
function sharingOf(part: Part): (entry: DigestEntry) => string {
  return (entry) => (part === 'stand-by' ? '' : sharingWords(entry))
}

function notReachedWords({ standing: { county } }: DigestInput): string {
  if (!county || county.notReached.length === 0) return ''
  const [first, second] = county.notReached.map(flat)
  const count = county.notReached.length
  const who = [first, second].filter((name) => name !== undefined).join('、')
  return `近 7 天有 ${count} 次没有送到:${who}${count > 2 ? ' 等' : ''}`
}

function askedRows(input: DigestInput, reader: EntryReader): Rows {
  const { items, more } = input.asked
  const label = `请您继续督促 ${items.length + more} 件`
  return { label, rows: items.map((item) => askedRow(item, reader)), more }
}

/** Others than those of the lines, where a line is about something late. */
function lateLabel({ late, sections }: DigestInput): string {
  return `${sections.some(isLate) ? '其余' : ''}逾期 ${late.items.length + late.more} 件`
}

function lateRows({ late }: DigestInput, reader: EntryReader): Omit<Rows, 'label'> {
  return { rows: late.items.map((item) => lateRow(item, reader)), more: late.more }
}
