import { beijingText, type Day, dayOf } from '../domain/time/days.ts'
import { ROLE_LABELS } from '../domain/obligation/vocabulary.ts'
import { type EntryReader, type EntryView, entryView, ROWS } from './digest-entry-view.ts'
import { begunByReader } from './digest-colleague.ts'
import { dayWords } from './digest-lines.ts'
import { notReachedUrl } from './digest-links.ts'
import { byUrgency, things, total } from './digest-order.ts'
import { type Part, PARTS, partsOf } from './digest-parts.ts'
import { askedPosts, type PeopleView, sharingWords, toldOfAll, viewsOf } from './digest-people.ts'
import { listOfRest, type Rest, restOf, type RestWork } from './digest-rest.ts'
import { askedRow, type LateRow, type OfficeRow, officeRow, restView } from './digest-rows.ts'
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
  /** Of what no line is about. */
  rest: string
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

/** @param rest how much of it no line is about */
const LABELS: Record<Part, (entries: readonly DigestEntry[], rest: number) => string> = {
  press: (entries, rest) => `请您督促 ${things(entries) + rest} 件`,
  do: doLabel,
  'stand-by': (entries) => `由同事先督促、您一并知晓 ${things(entries)} 件`,
  know: (entries) => `已请${askedPosts(entries)}督促、您知晓即可 ${things(entries)} 件`,
  done: (entries) => `已通过复核、无需再办 ${total(entries)} 件`,
}

/** What somebody of the same role begins with is not asked of the reader. */
function doLabel(entries: readonly DigestEntry[], rest: number): string {
  const own = things(begunByReader(entries))
  const theirs = things(entries) - own
  const first = own + rest > 0 ? [`请您办理 ${own + rest} 件`] : []
  return [...first, ...(theirs > 0 ? [`由同事先办理、您一并知晓 ${theirs} 件`] : [])].join(',')
}

function groupsOf(input: DigestInput, reader: EntryReader): GroupView[] {
  const parts = partsOf(input)
  const rest = restOf(input)
  const nothing: Rest = { ...rest, shown: [], count: 0, more: 0 }
  return PARTS.map((part) => ({ part, entries: parts[part], rest: rest.part === part ? rest : nothing }))
    .filter(({ entries, rest: { shown } }) => entries.length + shown.length > 0)
    .map((group) => groupOf({ ...group, listOf: (work) => listOfRest(work, input) }, reader))
}

type Group = { part: Part; entries: readonly DigestEntry[]; rest: Rest; listOf: (work: RestWork) => string }

function groupOf({ part, entries, rest, listOf }: Group, reader: EntryReader): GroupView {
  const left = entries.slice(ROWS)
  const shown = entries.slice(0, ROWS)
  // What no line is about was told before, to whoever it is.
  const besides = rest.shown.length > 0 ? [] : toldOfAll(shown)
  const shared = new Set(shown.map(sharingOf(part)))
  const isShared = shared.size === 1 && rest.shown.length === 0
  const [sharing = ''] = shared
  const lines = [
    ...shown.map((e) => ({
      ...{ due: e.due, level: e.level, count: e.count },
      view: { ...entryView(e, reader, { part, besides }), sharing: isShared ? '' : sharingOf(part)(e) },
    })),
    ...rest.shown.map((work) => ({
      ...{ due: work, level: work.level, count: 1 },
      view: { ...restView(work, listOf(work), { part, reader }), sharing: '' },
    })),
  ]
  return {
    label: LABELS[part](entries, rest.count),
    told: viewsOf('都已告知', besides, part === 'press' || part === 'stand-by'),
    sharing: isShared ? sharing : '',
    entries: lines.sort(byUrgency).map(({ view }) => view),
    unlisted: left.length > 0 ? `另有 ${left.length} 条(${total(left)} 件),见本信所列事项` : '',
    rest: rest.more > 0 ? `还有 ${rest.more} 件,打开网页查看` : '',
  }
}

/** Whoever stands by reads in the line itself who begins. */
function sharingOf(part: Part): (entry: DigestEntry) => string {
  return (entry) => (part === 'stand-by' ? '' : sharingWords(entry))
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
