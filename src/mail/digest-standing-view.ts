import { ROLE_LABELS } from '../domain/obligation/vocabulary.ts'
import { dayOf } from '../domain/time/days.ts'
import { dayWords } from './digest-lines.ts'
import { askedBefore } from './digest-fresh.ts'
import {
  countedUrl,
  offersUrl,
  overdueUrl,
  ownLateUrl,
  performUrl,
  requestsUrl,
  reviewUrl,
  soonUrl,
  todayUrl,
} from './digest-links.ts'
import { countedParts, isLateWork, onlyPresses } from './digest-parts.ts'
import { things } from './digest-order.ts'
import { askedPosts } from './digest-people.ts'
import { heldBy, type ShortItems, shortItems } from './digest-short-items.ts'
import { reviewSharing, standByWords, thirdsOfAll } from './digest-sharing.ts'
import { type Counted, standingSentences } from './digest-standing.ts'
import type { DigestInput, NextAsked } from './digest-types.ts'
import { flat, webUrl } from './flat.ts'

/** A sentence that leads to the list it counts, with the first few things of it. */
export type StandingView = ShortItems & { words: string; url: string; remark: string }

export function standingViews(input: DigestInput): StandingView[] {
  const year = Number(dayOf(input.now).slice(0, 4))
  return standingSentences(input.standing, input.answers, year).map(({ counted, words }) => {
    const url = urlOf(counted, input)
    return {
      words: flat(words),
      url: url === '' ? '' : webUrl(url),
      remark: remarkOf(counted, input),
      ...shortItems(counted, input, year),
    }
  })
}

function urlOf(counted: Counted, input: DigestInput): string {
  switch (counted) {
    case 'review':
      return reviewUrl(input)
    case 'extension':
      return requestsUrl(input)
    case 'hand-over':
      return offersUrl(input)
    case 'late':
      return ownLateUrl(input)
    case 'due-today':
      return todayUrl(input)
    case 'due-soon':
      return soonUrl(input)
    case 'in-hand':
      return performUrl(input)
    case 'in-review':
      return countedUrl(input, 'in-review')
    case 'county-late':
      return overdueUrl(input)
    case 'nothing':
      return ''
  }
}

/** Who shares it, or what of it the reader is asked to press. */
function remarkOf(counted: Counted, input: DigestInput): string {
  if (counted === 'county-late') return splitWords(input)
  if (counted === 'review') return reviewSharing(input)
  // What a colleague begins with says so, whoever's office it is.
  const works = heldBy(counted, input)
  const [begins = null, ...others] = new Set(works.map((work) => work.begins))
  const verb = onlyPresses(input) ? '督促' : '办理'
  return begins !== null && others.length === 0
    ? standByWords([begins], verb, thirdsOfAll(works.map(({ shares }) => shares)))
    : ''
}

/** Of all that is late: what is the reader's own to do, what they are asked to press, and who sees to the rest. */
function splitWords(input: DigestInput): string {
  const { press, standBy, know } = countedParts(input)
  const late = (entries: typeof press) => things(entries.filter(isLateWork))
  const { items, more, reviews, answers } = askedBefore(input)
  const besideWork = reviews + answers
  const asked = late(press) + items.length + more - besideWork
  const own = input.standing.own?.late.count ?? 0
  const left = input.standing.county!.late.count - own - asked - late([...standBy, ...know])
  const beside = things(press) - late(press) + besideWork
  const words = [
    ...countWords('本单位逾期', own),
    ...countWords('请您督促', asked),
    ...countWords('同事先督促', late(standBy)),
    ...countWords(`已请${askedPosts(know.filter(isLateWork))}督促`, late(know)),
  ]
  // The heading of what to press counts these as well.
  const apart = beside > 0 ? `;请您督促的另有 ${beside} 件是复核等,不计在内` : ''
  if (left <= 0) return words.length > 1 || beside > 0 ? `其中${words.join(',')}${apart}` : ''
  const others = othersWords(input, left)
  if (words.length === 0) return others === '' ? apart.slice(1) : `这 ${left} 件${others}${apart}`
  return `其中${words.join(',')};其余 ${left} 件${others === '' ? '见列表' : others}${apart}`
}

/** `已分别请镇分管领导督促,现在不需您督促`, or that of 5 件 beside `还没有请人督促 2 件`: who sees to what this reader does not press. */
function othersWords({ others, now, recipient: { roles } }: DigestInput, left: number): string {
  const { pressed, posts, unpressed, next } = others
  // What changed while the mail was written would make a false sum.
  if (pressed + unpressed !== left) return ''
  // The reader's own post may be among them: a colleague or a substitute was asked, or an earlier mail that another has followed.
  const mine: string[] = roles.map((role) => ROLE_LABELS[role])
  const named = posts.filter((post) => !mine.includes(post))
  const asked = `已分别请${named.join('、') || '他人'}${named.length < posts.length && named.length > 0 ? '等' : ''}督促,现在不需您督促`
  if (unpressed === 0) return asked
  const notYet = notYetWords(next, Number(dayOf(now).slice(0, 4)))
  return pressed === 0 ? notYet : `:${pressed} 件${asked};${unpressed} 件${notYet}`
}

/** `还没有请人督促,最早 6月15日请镇分管领导督促,现在不需您办`; where nobody ever will be, posts or rules want mending. */
function notYetWords(next: NextAsked | null, year: number): string {
  if (next === null) return '还没有请人督促,督办层级上没有可告知的人,请核对任职和规则'
  const { on, posts } = next
  return `还没有请人督促,最早 ${dayWords(on, year)}请${posts.join('、')}督促,现在不需您办`
}

function countWords(label: string, count: number): string[] {
  return count > 0 ? [`${label} ${count} 件`] : []
}
