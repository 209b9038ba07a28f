import { isPerforming } from '../domain/obligation/turn-clocks.ts'
import type { Stage } from '../domain/obligation/vocabulary.ts'
import type { Day } from '../domain/time/days.ts'
import { dayWords } from './digest-lines.ts'
import type { AlsoTold, DigestEntry } from './digest-types.ts'
import { flat } from './flat.ts'

/** Somebody to telephone: what they are, and the number in a piece that no line breaks. */
export type PersonView = { who: string; phone: string }
export type PeopleView = { label: string; people: PersonView[] }
const CALL = '先联系'
const TOLD = '也已告知'

/**
 * Whom else a line told, whoever is to be called first before all others.
 * @param calls does the reader press or stand by to, so that somebody is to be called
 * @param besides those who are named once for all the lines of the part
 */
export function peopleOf(entry: DigestEntry, calls: boolean, besides: readonly AlsoTold[]): PeopleView[] {
  const left = othersOf(entry).filter((other) => !besides.some((b) => isSame(b, other)))
  return viewsOf(TOLD, left, calls)
}

const PERFORMER = '经办人'
/** What whoever holds a thing is called: they are telephoned first. */
const HOLDERS = [PERFORMER, '复核人', '审批人', '接收人']

/** What whoever holds something at this stage is called. */
export function holderWord(stage: Stage): string {
  if (stage === 'review') return '复核人'
  if (stage === 'hand-over') return '接收人'
  return isPerforming(stage) ? PERFORMER : '审批人'
}

/** Who was told of every line of a part, so that they are named once; nobody where there is only one line. */
export function toldOfAll(entries: readonly DigestEntry[]): AlsoTold[] {
  const [first, ...rest] = entries
  if (!first || rest.length === 0) return []
  return othersOf(first).filter((one) => rest.every((e) => othersOf(e).some((other) => isSame(one, other))))
}

/**
 * Whoever does the work is called first where the reader presses; all others have been told, and nobody telephones them. Only
 * whoever presses, or stands by to press in a colleague's place, calls: nobody else reads a telephone number.
 */
export function viewsOf(label: string, told: readonly AlsoTold[], calls: boolean): PeopleView[] {
  const called = calls ? told.filter((t) => HOLDERS.includes(t.as)) : []
  const others = told.filter((t) => !called.includes(t)).map((t) => ({ ...t, phone: null }))
  return [
    ...(called.length > 0 ? [{ label: CALL, people: called.map(personView) }] : []),
    ...(others.length > 0 ? [{ label, people: others.map(personView) }] : []),
  ]
}

/** Which posts were asked to press, where the reader only gets a copy. */
export function askedPosts(entries: readonly Pick<DigestEntry, 'alsoTold'>[]): string {
  const asked = entries.flatMap(({ alsoTold }) => alsoTold.filter((t) => t.asked))
  return [...new Set(asked.map((t) => flat(t.as)))].join('、') || '上级'
}

/** `6月15日已上报分管局领导,请继续督促经办人`: whom it was reported to and since when, and what the reader is to do. */
export function copyWords(entry: DigestEntry, presses: boolean, today: Day): string {
  if (presses) return `${reportedWords(entry, today)},请继续督促${holderWord(entry.stage)}`
  return `${sinceWords(entry, today)}已请${askedPosts([entry])}督促`
}

/** `6月15日已上报分管局领导` */
export function reportedWords(entry: DigestEntry, today: Day): string {
  return `${sinceWords(entry, today)}已上报${askedPosts([entry])}`
}

function sinceWords(entry: DigestEntry, today: Day): string {
  const [since] = entry.alsoTold.flatMap((t) => (t.asked && t.since !== null ? [t.since] : [])).sort()
  if (since === undefined) return ''
  return since === today ? '今天' : dayWords(since, Number(today.slice(0, 4)))
}

function othersOf({ alsoTold }: DigestEntry): AlsoTold[] {
  return alsoTold.filter((t) => !t.together)
}

export function personView({ as, name, phone }: Pick<AlsoTold, 'as' | 'name' | 'phone'>): PersonView {
  return { who: flat(`${as} ${name}`), phone: phone === null ? '' : flat(phone) }
}

/** In a list a number stands once: whoever was named with it before is named without. */
export function phonesOnce<View extends { people: PeopleView[] }>(
  views: readonly View[],
  named: readonly PeopleView[],
): View[] {
  const said = new Set(named.flatMap(({ people }) => people.map(keyOf)))
  return views.map((view) => ({
    ...view,
    people: view.people.map(({ label, people }) => ({
      label,
      people: people.map((person) => {
        const isKnown = person.phone !== '' && said.has(keyOf(person))
        said.add(keyOf(person))
        return isKnown ? { who: person.who, phone: '' } : person
      }),
    })),
  }))
}

/** Whom to telephone about all of several things, so that they are named once; nobody where it is somebody else each time. */
export function callOfAll(lines: readonly { people: readonly PeopleView[] }[]): PeopleView[] {
  const [first, ...others] = lines.map(({ people }) => people.find(({ label }) => label === CALL))
  const isAll = others.length > 0 && others.every((other) => JSON.stringify(other) === JSON.stringify(first))
  return first && isAll ? [first] : []
}

/** A line without whom the heading of its part names already. */
export function withoutCall<View extends { people: PeopleView[] }>(view: View): View {
  return { ...view, people: view.people.filter(({ label }) => label !== CALL) }
}

function keyOf({ who, phone }: PersonView): string {
  return `${who} ${phone}`
}

function isSame(a: AlsoTold, b: AlsoTold): boolean {
  return a.as === b.as && a.name === b.name && a.phone === b.phone
}
