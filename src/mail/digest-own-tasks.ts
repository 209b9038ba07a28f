import { lateLeft } from './digest-colleague.ts'
import type { Task } from './digest-known.ts'
import { countedUrl, isBeforeDayOff, ownLateUrl, soonUrl, todayUrl } from './digest-links.ts'
import { freshFact } from './digest-fresh.ts'
import { blank } from './digest-order.ts'
import { amongWords, ownPressedApart } from './digest-press-facts.ts'
import { onlyPresses } from './digest-parts.ts'
import { countWithRed } from './digest-standing.ts'
import { newLines } from './digest-begun-lines.ts'
import { newFacts, returnedFacts, soonFacts, todayLeft } from './digest-subject.ts'
import { toldOfLate } from './digest-told.ts'
import type { DigestInput } from './digest-types.ts'

/** A head presses whoever is late in the town; an officer does it. The list of an office has also what names a colleague. */
export function lateTask(input: DigestInput): Task[] {
  const { count, red } = lateLeft(input)
  if (count === 0) return []
  const words = `逾期${blank(lateNumber(input, count, red))}`
  const url = ownLateUrl(input)
  return onlyPresses(input)
    ? [{ words: `请督促本镇${words}`, button: `查看本镇逾期 ${input.standing.own!.late.count} 件`, url }]
    : [{ words: `请办结${words}`, button: '查看逾期事项', url }]
}

/** `4 件(红色 1 件)`, where a head was told of some before `4 件(新增 1 件、再次 3 件),其中红色 1 件`. */
function lateNumber(input: DigestInput, count: number, red: number): string {
  const told = freshFact(toldOfLate(input, count))
  if (told === '') return countWithRed(count, red)
  return red === count ? `红色 ${count} 件(${told})` : `${count} 件(${told})${amongWords(red, 0)}`
}

export function todayTask(input: DigestInput): Task[] {
  const today = todayLeft(input)
  if (today === 0) return []
  const words = onlyPresses(input) ? `请提醒经办人今天办结到期的 ${today} 件` : `请今天办结到期的 ${today} 件`
  const button = isBeforeDayOff(input) ? '查看待办事项' : '查看今日到期的事项'
  return [{ words, button, url: todayUrl(input) }]
}

export function returnedTask(input: DigestInput): Task[] {
  const words = returnedFacts(input).join(',').replace('退回重办', '请重办退回的')
  const url = countedUrl(input, 'returned')
  return words === '' ? [] : [{ words, button: '查看待办事项', url }]
}

export function soonTask(input: DigestInput): Task[] {
  const words = soonFacts(input).join(',')
  const url = soonUrl(input)
  if (words === '') return []
  const verb = onlyPresses(input) ? '请提醒经办人办结' : '请办'
  return [{ words: `${besides(input)}${verb}${blank(words)}`, button: '查看待办事项', url }]
}

/** Behind what is named with its day it is something else, which the day alone does not tell. */
function besides(input: DigestInput): string {
  const isOther = returnedFacts(input).length > 0 || ownPressedApart(input).length > 0
  return isOther || (input.urgent && newFacts(input).length > 0) ? '另' : ''
}

export function newTasks(input: DigestInput): Task[] {
  const [only, ...others] = newLines(input).flatMap((e) => e.items)
  const place =
    only && others.length === 0
      ? { button: '查看这件事项', url: only.url }
      : { button: '查看待办事项', url: countedUrl(input, 'new') }
  const words = newFacts(input).join(',')
  return words === '' ? [] : [{ words: `请办理${blank(words)}`, ...place }]
}
