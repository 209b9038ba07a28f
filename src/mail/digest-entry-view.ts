import { LINE_TAGS, type LineKind } from '../domain/escalation/notification-kind.ts'
import { LEVEL_LABELS } from '../domain/obligation/vocabulary.ts'
import { kindOf } from '../kinds/kinds.ts'
import { formatDigestLine } from './digest-lines.ts'
import type { AlsoTold, DigestEntry, DigestItem, LateItem } from './digest-types.ts'
import { PALETTE } from './palette.ts'

/** More than a telephone shows on one screen is counted, and the list shows it. */
export const ROWS = 10

export type ItemView = { name: string; cause: string; url: string }
export type EntryView = {
  /** The whole line, as the text part carries it. */
  line: string
  tag: string
  clock: string
  clockColour: string
  clockClass: string
  /** How grave a warning is, in a word: a colour alone not everybody sees. */
  level: string
  levelColour: string
  what: string
  /** Where the only thing of the entry stands; empty where there are several. */
  url: string
  items: ItemView[]
  more: number
  alsoTold: string
}
/** `compact`: the reader oversees many offices, so that lines about others come without their items. */
export type EntryReader = { year: number; ownOffice: string; compact: boolean }

/** Lines about what others owe. */
const PRESSED: LineKind[] = ['escalation', 'passed-on', 'copied']
export function isPressed({ kind }: DigestEntry): boolean {
  return PRESSED.includes(kind)
}

export function entryView(entry: DigestEntry, reader: EntryReader): EntryView {
  const { due, items } = entry
  const [first] = items
  const only = entry.count === 1 && first ? itemView(first) : null
  const clock = due ? clockWords(due) : null
  const line = formatDigestLine(
    {
      ...entry,
      dueOn: due?.dueOn ?? null,
      provisional: due?.provisional ?? false,
      clock,
      only,
      todo: todoOf(entry),
    },
    reader,
  )
  const compact = reader.compact && isPressed(entry)
  const listed = compact || only ? [] : items.slice(0, ROWS).map(itemView)
  const [head = '', what = ''] = splitLine(line, due !== null)
  return {
    line,
    tag: LINE_TAGS[entry.kind],
    clock: head,
    ...clockStyle(due?.clock.code),
    level: entry.level === null ? '' : LEVEL_LABELS[entry.level].slice(0, 1),
    levelColour: entry.level === null ? PALETTE.line : PALETTE[entry.level],
    what,
    url: only?.url ?? '',
    items: listed,
    more: compact || only ? 0 : entry.count - listed.length,
    alsoTold: alsoToldWords(entry.alsoTold),
  }
}

/** What the reader is to do now. */
function todoOf(entry: DigestEntry): string {
  if (entry.kind === 'accepted') return ''
  if (entry.kind === 'copied') return '已报上级,请继续督促'
  return isPressed(entry) ? '请督促办结' : kindOf(entry.obligationKind).mail[entry.stage]
}

/** The clock with its day, and what it is about: the two parts of a line without its tag. */
function splitLine(line: string, hasClock: boolean): string[] {
  const rest = line.slice(line.indexOf('】') + 1)
  if (!hasClock) return ['', rest]
  const at = rest.indexOf(' · ')
  return [rest.slice(0, at), rest.slice(at + ' · '.length)]
}

/** `同时告知:经办人 王某(电话 000-00000101)、镇分管领导 李某` */
function alsoToldWords(told: readonly AlsoTold[]): string {
  const others = told.filter((t) => !t.together)
  const words = ({ as, name, phone }: AlsoTold) =>
    flat(`${as} ${name}${phone === null ? '' : `(电话 ${phone})`}`)
  return others.length > 0 ? `同时告知:${others.map(words).join('、')}` : ''
}

/** `与您同收:李某,由您先办`: whoever shares the reader's role, and which of them is to begin. */
export function sharingWords({ kind, alsoTold }: DigestEntry): string[] {
  // Nobody has to begin with what is done, or with what they get a copy of.
  if (kind === 'accepted' || kind === 'copied') return []
  const together = alsoTold.filter((t) => t.together)
  if (together.length === 0) return []
  const first = together.find((t) => t.first)
  return [`与您同收:${together.map((t) => flat(t.name)).join('、')},由${first ? flat(first.name) : '您'}先办`]
}

/** The words of the clock; what is far off says how far. */
export function clockWords({
  clock,
  remainingWorkingDays,
}: Pick<LateItem, 'clock' | 'remainingWorkingDays'>): string {
  return `${clock.shape} ${clock.code === 'not-due' ? `剩 ${remainingWorkingDays} 个工作日` : clock.words}`
}

/** Colours on paper, and the class that a dark screen recolours. */
export function clockStyle(code: string | undefined): { clockColour: string; clockClass: string } {
  if (code === 'overdue') return { clockColour: PALETTE.red, clockClass: 'red' }
  if (code === undefined || code === 'not-due') return { clockColour: PALETTE.muted, clockClass: 'muted' }
  return { clockColour: PALETTE.orange, clockClass: 'orange' }
}

export function itemView(item: DigestItem): ItemView {
  const name = item.externalId ?? `「${item.title}」`
  return { name: flat(name), cause: flat(item.cause ?? ''), url: webUrl(item.url) }
}

/** One line: a field that brought its own line break could forge a line of the digest. */
export function flat(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** @throws TypeError for anything but a web address: a link of a mail leads to the dashboard, nowhere else */
export function webUrl(url: string): string {
  if (!/^https?:$/.test(new URL(url).protocol)) throw new TypeError('a link in a mail must be http or https')
  return url
}
