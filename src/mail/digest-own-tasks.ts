import { dayOf } from '../domain/time/days.ts'
import { colleagueWords, lateLeft } from './digest-colleague.ts'
import type { Task } from './digest-known.ts'
import { dueWords } from './digest-lines.ts'
import { ownUrl } from './digest-links.ts'
import { ownPressedApart } from './digest-press-facts.ts'
import { onlyPresses } from './digest-rest.ts'
import { countWithRed } from './digest-standing.ts'
import { newFacts, returnedFacts, soonFacts, todayLeft } from './digest-subject.ts'
import type { DigestInput } from './digest-types.ts'

/** A head presses whoever is late in the town; an officer does it. */
export function lateTask(input: DigestInput): Task[] {
  const { count, red } = lateLeft(input)
  if (count === 0) return []
  const words = `逾期${blank(countWithRed(count, red))}`
  const url = ownUrl(input, { standing: 'overdue' })
  return onlyPresses(input)
    ? [{ words: `请督促本镇${words}`, button: '查看本镇逾期', url }]
    : [{ words: `请先办${words}`, button: '查看逾期事项', url }]
}

export function ownTasks(input: DigestInput): Task[] {
  const list = { button: '查看手头事项', url: ownUrl(input, { standing: 'to-perform' }) }
  const today = todayLeft(input)
  const returned = returnedFacts(input).join(',').replace('退回重办', '请重办退回的')
  return [
    ...(returned === '' ? [] : [{ words: returned, ...list }]),
    ...(today > 0
      ? [
          {
            words: `${onlyPresses(input) ? '本镇' : '请办'}今日到期 ${today} 件`,
            ...list,
            url: ownUrl(input, { standing: 'due-today' }),
          },
        ]
      : []),
  ]
}

export function soonTask(input: DigestInput): Task[] {
  const words = soonFacts(input).join(',')
  const url = ownUrl(input, { standing: 'to-perform' })
  return words === '' ? [] : [{ words: `${besides(input)}${words}`, button: '查看手头事项', url }]
}

/** Behind what is named with its day it is something else, which the day alone does not tell; before what is new it is older. */
function besides(input: DigestInput): string {
  if (returnedFacts(input).length > 0 || ownPressedApart(input).length > 0) return '另有 '
  if (newFacts(input).length === 0) return ''
  return input.urgent ? '另有 ' : onlyPresses(input) ? '本镇 ' : '请办 '
}

export function newTasks(input: DigestInput): Task[] {
  const [only, ...others] = input.sections.flatMap((e) => (e.kind === 'accepted' ? [] : e.items))
  const place =
    only && others.length === 0
      ? { button: '查看这件事项', url: only.url }
      : { button: '查看手头事项', url: ownUrl(input, { standing: 'to-perform' }) }
  const words = newFacts(input).join(',')
  return words === '' ? [] : [{ words: `请办理${blank(words)}`, ...place }]
}

export function colleagueTask(input: DigestInput): Task[] {
  const url = ownUrl(input, { standing: 'to-perform' })
  return colleagueWords(input).map((words) => ({ words, button: '查看手头事项', url }))
}

/** A blank stands before a number, none before a word. */
export function blank(words: string): string {
  return /^\d/.test(words) ? ` ${words}` : words
}

export function yearly({ now }: DigestInput, day: string, provisional: boolean): string {
  return dueWords(day, Number(dayOf(now).slice(0, 4)), provisional)
}
