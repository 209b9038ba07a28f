import { beijingText, type Day, dayOf } from '../domain/time/days.ts'
import { ROLE_LABELS } from '../domain/obligation/vocabulary.ts'
import {
  clockStyle,
  clockWords,
  type EntryReader,
  type EntryView,
  entryView,
  flat,
  isPressed,
  itemView,
  sharingWords,
  ROWS,
  webUrl,
} from './digest-entry-view.ts'
import { dueWords } from './digest-lines.ts'
import { byUrgency, distinctDeadlines, total } from './digest-order.ts'
import { standingSentences } from './digest-standing.ts'
import { headlineOf, preheaderOf } from './digest-subject.ts'
import type { DigestEntry, DigestInput, DigestStanding, LateItem } from './digest-types.ts'
import { PALETTE } from './palette.ts'

/** What the templates see: finished words and colours, no decisions left. */
export type DigestView = {
  colours: typeof PALETTE
  headline: string
  preheader: string
  greeting: string
  county: string
  standing: string[]
  offices: OfficeRow[]
  otherOffices: number
  /** How many were not reached; empty where none, or for whoever does not oversee the county. */
  notReached: string
  groups: { label: string; entries: EntryView[]; unlisted: string }[]
  late: { rows: LateRow[]; more: number }
  corrections: string[]
  button: string
  listUrl: string
  mailUrl: string
  reasons: string[]
  round: string
  contact: string
  trial: boolean
}
/** One office of the county. `longest`: working days; `told`: the highest post that has been told. */
type OfficeRow = { office: string; late: string; longest: string; red: string; told: string; isTold: boolean }
type LateRow = { line: string; url: string; clockColour: string; clockClass: string }

export function digestView(input: DigestInput): DigestView {
  const today = dayOf(input.now)
  const sorted = [...input.sections].sort(byUrgency)
  const offices = input.standing.county?.offices ?? []
  const reader = readerOf(input, today)
  const standing = standingSentences(input.standing, reader.year).map(flat)
  return {
    colours: PALETTE,
    headline: flat(headlineOf(input)),
    // A mail program would show the greeting behind a subject that says everything.
    preheader: flat(preheaderOf(input) || (standing[0] ?? input.corrections[0] ?? '')),
    greeting: greeting(input),
    county: flat(input.county),
    standing,
    offices: offices.slice(0, ROWS).map(officeRow),
    otherOffices: Math.max(0, offices.length - ROWS),
    notReached: notReachedWords(input.standing),
    groups: groupsOf(sorted, reader),
    late: { rows: input.late.items.map((item) => lateRow(item, reader)), more: input.late.more },
    corrections: input.corrections.map(flat),
    button: buttonOf(input),
    listUrl: webUrl(input.listUrl),
    mailUrl: webUrl(input.mailUrl),
    reasons: [...new Set([...sorted.map((e) => flat(e.why)), ...sorted.flatMap(sharingWords)])],
    round: beijingText(input.round),
    contact: flat(input.contact),
    trial: input.trial,
  }
}

function readerOf({ recipient, standing }: DigestInput, today: Day): EntryReader {
  return {
    year: Number(today.slice(0, 4)),
    ownOffice: recipient.officeName,
    compact: standing.county !== null,
  }
}

/** Is the mail about one thing only, and is that all its reader has, so that its button opens that thing? */
export function isOneThing({
  sections,
  late,
  standing: { own, review },
}: Pick<DigestInput, 'sections' | 'late' | 'standing'>): boolean {
  const ids = new Set([...sections.flatMap((e) => e.items), ...late.items].map((i) => i.obligationId))
  const counted = (own?.inHand ?? 0) + (review?.waiting ?? 0)
  const open = sections.some((e) => e.due !== null) || late.items.length > 0
  return (
    ids.size === 1 && sections.every((e) => e.count === 1) && late.more === 0 && counted <= (open ? 1 : 0)
  )
}

function buttonOf(input: DigestInput): string {
  const { county } = input.standing
  if (county && county.late.count > 0) return '查看全县逾期'
  return isOneThing(input) ? '查看这件事项' : '查看手头事项'
}

function greeting({ recipient }: DigestInput): string {
  const posts = [recipient.officeName, ...recipient.roles.map((r) => ROLE_LABELS[r])].join(' ')
  return flat(`${recipient.name}(${posts})`)
}

function groupsOf(sorted: DigestEntry[], reader: EntryReader): DigestView['groups'] {
  const others = sorted.filter(isPressed)
  const pressed = groupOf(`请督促 ${total(distinctDeadlines(others))} 件`, others, reader)
  const own = groupOf(
    '本轮新增',
    sorted.filter((e) => !isPressed(e)),
    reader,
  )
  return [pressed, own].filter((g) => g.entries.length > 0)
}

function groupOf(label: string, entries: DigestEntry[], reader: EntryReader): DigestView['groups'][number] {
  const left = entries.slice(ROWS)
  return {
    label,
    entries: entries.slice(0, ROWS).map((e) => entryView(e, reader)),
    unlisted: left.length > 0 ? `另有 ${left.length} 条(${total(left)} 件),见本信所列事项` : '',
  }
}

function notReachedWords({ county }: DigestStanding): string {
  return county && county.notReached > 0 ? `近 7 天有 ${county.notReached} 次未送达或无人可收,见总览` : ''
}

type CountyOffice = NonNullable<DigestStanding['county']>['offices'][number]

function officeRow({ officeName, count, longest, red, told }: CountyOffice): OfficeRow {
  return {
    office: flat(officeName),
    late: String(count),
    longest: longest > 0 ? String(longest) : '不足 1',
    red: red > 0 ? String(red) : '–',
    told: told === null ? '尚未督办' : flat(told),
    isTold: told !== null,
  }
}

function lateRow(item: LateItem, { year, ownOffice }: EntryReader): LateRow {
  const { name, cause, url } = itemView(item)
  const where = item.officeName === ownOffice ? '' : flat(item.officeName)
  const what = [where, item.label, name, cause].filter((part) => part !== '').join(' ')
  return {
    line: `${clockWords(item)} ${dueWords(item.dueOn, year, item.provisional)}到期 · ${what}`,
    url,
    ...clockStyle(item.clock.code),
  }
}
