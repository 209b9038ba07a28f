import { beijingText, type Day, dayOf } from '../domain/time/days.ts'
import { ROLE_LABELS } from '../domain/obligation/vocabulary.ts'
import { type EntryReader, ROWS } from './digest-entry-view.ts'
import { dayWords } from './digest-lines.ts'
import { notReachedUrl } from './digest-links.ts'
import { type GroupView, groupsOf } from './digest-groups.ts'
import { byUrgency } from './digest-order.ts'
import type { Part } from './digest-parts.ts'
import { type OfficeRow, officeRow } from './digest-rows.ts'
import { type StandingView, standingViews } from './digest-standing-view.ts'
import type { PersonView } from './digest-people.ts'
import { pressingOf } from './digest-press-facts.ts'
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
  groups: GroupView[]
  /** Whom to press before all others, where the reader's own work stands before what they press. */
  call: CallView | null
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
type CallView = { words: string; url: string; people: PersonView[] }

export function digestView(input: DigestInput): DigestView {
  const today = dayOf(input.now)
  const listed = { ...input, sections: [...input.sections].sort(byUrgency) }
  const offices = (input.standing.county?.offices ?? []).slice(0, ROWS).map((o) => officeRow(o, input))
  const reader = readerOf(input, today)
  const standing = standingViews(listed)
  const { button, url } = buttonOf(input)
  const groups = groupsOf(listed, reader)
  return {
    colours: PALETTE,
    headline: flat(headlineOf(input)),
    // A mail program would show the greeting behind a subject that says everything.
    preheader: flat(
      preheaderOf(input) || firstThing(groups) || (input.corrections[0] ?? standing[0]?.words ?? ''),
    ),
    greeting: greeting(input),
    county: flat(input.county),
    asOf: `${dayWords(today, reader.year)} ${beijingText(input.now).slice(11)}`,
    standing,
    offices,
    otherOffices: Math.max(0, (input.standing.county?.offices.length ?? 0) - ROWS),
    untold: offices.some(({ isTold }) => !isTold),
    notReached: { words: notReachedWords(input), url: webUrl(notReachedUrl(input)) },
    groups,
    call: callOf(input, groups),
    corrections: input.corrections.map(flat),
    check: input.check.map(({ words, path }) => ({
      words: `◇ ${flat(words)}`,
      url: webUrl(`${input.appUrl}${path}`),
    })),
    button,
    listUrl: webUrl(url),
    mailUrl: webUrl(input.mailUrl),
    reasons: [...new Set([...listed.sections.map((e) => e.why), ...input.why].map(flat))],
    round: beijingText(input.round),
    contact: flat(input.contact),
    trial: input.trial,
  }
}

/** Parts whose first thing may stand behind a subject: the reader has something to do with it. */
const ASKED: readonly Part[] = ['do', 'press', 'remind']

function readerOf({ recipient, standing, mailUrl }: DigestInput, today: Day): EntryReader {
  return {
    year: Number(today.slice(0, 4)),
    today,
    ownOffice: recipient.officeName,
    compact: standing.county !== null,
    mailUrl,
  }
}

/** `橙色预警核查 YJ2022-0001 因学:逾期 2 个工作日,本应 6月7日 周二办完`: the first thing that is asked of the reader, with its day. */
function firstThing([first]: readonly GroupView[]): string {
  const [entry] = first && ASKED.includes(first.part) ? first.entries : []
  return entry && entry.clock !== '' ? `${entry.what}:${entry.clock.replace(/^\S /, '')}` : ''
}

function greeting({ recipient }: DigestInput): string {
  const posts = [recipient.officeName, ...recipient.roles.map((r) => ROLE_LABELS[r])].join(' ')
  const absent = recipient.standsInFor.map(({ name, officeName }) => `${officeName} ${name}`).join('、')
  return flat(`${recipient.name}(${posts}${absent === '' ? '' : `;${absent}离岗期间由您代理`})`)
}

function notReachedWords(input: DigestInput): string {
  const { county } = input.standing
  if (!county || county.notReached.length === 0) return ''
  const names = [...new Set(county.notReached.map(flat))]
  const who = names.slice(0, 2).join('、')
  const mends = input.recipient.roles.includes('bureau-leader') ? '由救助中心核对' : '请核对'
  return `近 7 天有 ${county.notReached.length} 次没有送到:${who}${names.length > 2 ? ' 等' : ''};${mends}邮箱和岗位`
}

/** On the first screen the list itself shows whom to press, unless more of the reader's own work stands before. */
function callOf(input: DigestInput, [own]: readonly GroupView[]): CallView | null {
  if (own?.part !== 'do' || own.entries.length < 2) return null
  const { first } = (input.standing.county && pressingOf(input)) ?? {}
  if (!first || first.people.length === 0) return null
  const { office, what, name, url, people } = first
  return { words: `${office} ${what} ${name}`, url: url === '' ? '' : webUrl(url), people }
}
