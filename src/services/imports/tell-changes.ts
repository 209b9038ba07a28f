import { peopleFor } from '../../domain/escalation/directory.ts'
import { isRaised } from '../../domain/obligation/changes.ts'
import { LEVEL_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { Day, Instant } from '../../domain/time/days.ts'
import type { Sql } from '../../db/pool.ts'
import { notify } from '../notifications/notify.ts'
import type { Corrected } from '../obligations/correct.ts'
import { directoryAround } from '../people/directory.ts'
import type { Office } from '../people/offices.ts'

/** As many numbers as a line names; the others are counted. */
const NAMED = 5

export type Line = {
  office: string
  person: string | null
  urgent: boolean
  words: string
  numbers: string[]
}
export type Telling = {
  county: string
  /** Tells this occasion from all others. */
  cause: string
  offices: readonly Office[]
  now: Instant
}

/**
 * Tells whoever holds what was corrected: what became more urgent at once, everything else with the next morning. A new town reads of it as of
 * any work it is given; the old one reads that it is rid of it.
 */
export async function tellCorrected(
  tx: Sql,
  telling: Telling,
  corrected: readonly Corrected[],
  by: keyof typeof BECAUSE = 'corrected',
): Promise<void> {
  const nameOf = (code: string) => telling.offices.find((o) => o.code === code)?.name ?? code
  const because = BECAUSE[by]
  await tellLines(
    tx,
    telling,
    corrected.flatMap((one) => linesOf(one, because, nameOf)),
  )
}

/** What is to be said alike to the same people is one line. */
export async function tellLines(
  tx: Sql,
  { county, cause, now }: Telling,
  all: readonly Line[],
): Promise<void> {
  const lines = new Map<string, Line>()
  for (const line of all) {
    const key = `${line.office}/${line.person}/${line.words}`
    const same = lines.get(key)
    if (same) same.numbers.push(...line.numbers)
    else lines.set(key, { ...line, numbers: [...line.numbers] })
  }
  let nth = 0
  for (const { office, person, urgent, words, numbers } of lines.values()) {
    const directory = await directoryAround(tx, office)
    const people = peopleFor({ to: 'holder' }, { office, person }, directory, now)
    const line = { kind: 'correction', audience: null, detail: `预警 ${namesOf(numbers)} ${words}` } as const
    const told = { county, cause: `${cause}/${nth++}`, deadline: null, urgent }
    await notify(tx, { ...told, people: people.map((p) => ({ person: p, ...line })) }, now)
  }
}

/** The words in which the two occasions differ. */
const BECAUSE = {
  corrected: { why: '按平台更正', raised: '升级为', lowered: '降为' },
  undone: { why: '导入已撤回,', raised: '导入已撤回,恢复为', lowered: '导入已撤回,恢复为' },
} as const
type Because = (typeof BECAUSE)[keyof typeof BECAUSE]

function linesOf(one: Corrected, because: Because, nameOf: (office: string) => string): Line[] {
  const { from, to, dueOn, holderPerson, externalId, id } = one
  const numbers = [externalId ?? id]
  const told = (office: string, words: string, urgent = false): Line => ({
    ...{ office, person: office === from.office ? holderPerson : null, urgent, words, numbers },
  })
  const moved = from.office !== to.office
  const lines = moved
    ? [told(from.office, `${because.why}改由${nameOf(to.office)}办理,您单位不再办理。`)]
    : []
  if (from.level !== to.level && to.level !== null) {
    const raised = isRaised(from.level, to.level)
    lines.push(
      told(
        to.office,
        levelWords(one, because, raised ? 'raised' : 'lowered', LEVEL_LABELS[to.level]),
        raised,
      ),
    )
  } else if (!moved && one.redated)
    lines.push(told(to.office, `${because.why.replace(/,$/, '')},限时改为${dayText(dueOn)}。`, one.isUrgent))
  return lines
}

function levelWords(
  { dueOn, stage, redated }: Corrected,
  because: Because,
  how: 'raised' | 'lowered',
  level: string,
): string {
  const limit = () => {
    if (how === 'lowered' && !redated) return '到期日不变'
    if (stage === 'pause') return '正在暂停,恢复后照新的等级办理'
    if (stage === 'review') return '已提交复核,复核期限不变'
    return redated ? `限时改为${dayText(dueOn)}` : `仍在${dayText(dueOn)}到期`
  }
  return `${because[how]}${level}预警,${limit()}。`
}

function namesOf(numbers: readonly string[]): string {
  const named = numbers.slice(0, NAMED).join('、')
  return numbers.length > NAMED ? `${named} 等 ${numbers.length} 件` : named
}

/** `6月20日` */
export function dayText(day: Day): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}
