import { beijingText, type Day, dayOf } from '../domain/time/days.ts'
import type { RunningCode } from '../domain/obligation/clock-status.ts'
import { LEVEL_LABELS, ROLE_LABELS } from '../domain/obligation/vocabulary.ts'
import { kindOf } from '../kinds/kinds.ts'
import type { DigestEntry, DigestInput, DigestItem } from './digest-types.ts'
import { formatDigestLine } from './digest-lines.ts'
import { byUrgency, dueWords, standing, DIGEST_HEADINGS } from './digest-state.ts'
import { headlineOf } from './digest-subject.ts'
import { type OfficeRow, worstOffices } from './digest-offices.ts'
import { PALETTE } from './palette.ts'

const ITEMS_LISTED = 20

/** What the templates see: finished words and colours, no decisions left. */
export type DigestView = {
  colours: typeof PALETTE
  headline: string
  greeting: string
  county: string
  groups: { label: string; entries: EntryView[] }[]
  /** For leaders: the worst offices; then entries come as lines only. */
  leader: boolean
  worst: OfficeRow[]
  otherOffices: number
  reasons: string[]
  corrections: string[]
  /** The list of matters: what the reader holds and what is late stands first there. */
  listUrl: string
  round: string
  contact: string
  trial: boolean
}

export type EntryView = {
  line: string
  clock: string
  clockColour: string
  tag: string
  tagColour: string
  tagInk: string
  todo: string
  why: string
  items: { name: string; cause: string; url: string }[]
  more: number
}

export function digestView(input: DigestInput): DigestView {
  const today = dayOf(input.now)
  const leader = input.recipient.roles.includes('bureau-leader')
  const sorted = [...input.sections].sort(byUrgency)
  const offices = leader ? worstOffices(sorted) : { rows: [], others: 0 }
  return {
    colours: PALETTE,
    headline: headlineOf(input),
    greeting: greeting(input),
    county: flat(input.county),
    groups: leader ? [group('全部事项', sorted, today)] : groupsOf(sorted, today),
    leader,
    worst: offices.rows,
    otherOffices: offices.others,
    reasons: leader ? [...new Set(sorted.map((e) => flat(e.why)))] : [],
    corrections: input.corrections.map(flat),
    listUrl: webUrl(`${input.dashboardUrl}/obligations`),
    round: beijingText(input.round),
    contact: flat(input.contact),
    trial: input.trial,
  }
}

function greeting({ recipient }: DigestInput): string {
  return flat(
    `${recipient.name}(${[recipient.officeName, ...recipient.roles.map((r) => ROLE_LABELS[r])].join(' ')})`,
  )
}

function groupsOf(entries: DigestEntry[], today: Day): DigestView['groups'] {
  return (Object.keys(DIGEST_HEADINGS) as RunningCode[])
    .map((code) => group(DIGEST_HEADINGS[code], standing(entries, code), today))
    .filter((g) => g.entries.length > 0)
}

function group(label: string, entries: DigestEntry[], today: Day): DigestView['groups'][number] {
  return { label, entries: entries.map((e) => entryView(e, today)) }
}

function entryView(entry: DigestEntry, today: Day): EntryView {
  const { code, shape, words } = entry.clock
  const late = code === 'overdue'
  const year = Number(today.slice(0, 4))
  const items = entry.items.slice(0, ITEMS_LISTED)
  return {
    line: formatDigestLine(
      { ...entry, late, workingDays: late ? entry.overdueWorkingDays : entry.remainingWorkingDays },
      year,
    ),
    clock: `${shape} ${words}`,
    clockColour: late ? PALETTE.red : code === 'not-due' ? PALETTE.muted : PALETTE.orange,
    tag: entry.level ? LEVEL_LABELS[entry.level].slice(0, 1) : '',
    tagColour: entry.level ? PALETTE[entry.level] : '',
    tagInk: entry.level === 'yellow' ? PALETTE.ink : PALETTE.paper,
    todo: todo(entry, late, dueWords(entry.dueOn, year)),
    why: flat(entry.why),
    items: items.map(itemView),
    more: Math.max(0, entry.count - items.length),
  }
}

/** What the recipient is to do now, in one sentence. */
function todo(entry: DigestEntry, late: boolean, due: string): string {
  switch (entry.kind) {
    case 'assigned':
    case 'reminder':
      return task(entry, late, due)
    case 'escalation':
      return `请督促${flat(entry.officeName)}尽快办结;确有困难的,请协调解决。`
    case 'passed-on':
      return `原应知会的岗位无人在岗或邮件无法送达,请您代为督促${flat(entry.officeName)}办理。`
  }
}

/** What whoever holds it is to do at its stage, in the words of its kind. */
function task({ kind, obligationKind, stage }: DigestEntry, late: boolean, due: string): string {
  const words = kindOf(obligationKind).mail[stage]
  if (kind === 'assigned') return words.assigned(due)
  return late ? words.late : words.before(due)
}

function itemView(item: DigestItem): EntryView['items'][number] {
  return { name: flat(item.externalId ?? item.title), cause: flat(item.cause ?? ''), url: webUrl(item.url) }
}

/** One line: a field that brought its own line break could forge a line of the digest. */
function flat(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** @throws TypeError for anything but a web address: a link of a mail leads to the dashboard, nowhere else */
function webUrl(url: string): string {
  if (!/^https?:$/.test(new URL(url).protocol)) throw new TypeError('a link in a mail must be http or https')
  return url
}
