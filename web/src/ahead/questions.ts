import { createQuerySerializer } from 'openapi-fetch'
import { shownCampaign } from '../pages/overview/shown-campaign.ts'
import { asked, pageAsked, type QueryInAddress } from '../pages/obligations/asked.ts'

/** Something a page asks the API for as it opens. */
export type Question = {
  /** As the client of the API writes it, to the letter: by it an answer is found that was asked for ahead, or kept. */
  address: string
  /** Under which the app keeps the answer. */
  key: readonly unknown[]
  /** Asked for before the app has started: without it the page tells nothing. */
  urgent: boolean
  /** The first of several pages. */
  paged: boolean
}
export type Place = { pathname: string; query: QueryInAddress }
/** Bodies of answers by their addresses. */
export type Answers = ReadonlyMap<string, unknown>

export const ME = '/v1/me'
const CAMPAIGNS = '/v1/campaigns'
const ROOT = '/app'
/** Pages that a stranger may see ask by themselves. */
const OPEN = /^\/(sign-in|forgotten|set-password|inbox)(\/|$)/
const ITEM = /^\/obligations\/([\w-]+)$/

const serialize = createQuerySerializer()

/** The pages of every day, whose files are fetched beside the first ones. */
export type DailyPage = 'overview' | 'obligations' | 'item' | 'review'

/** null for pages that few open first */
export function dailyPageOf({ pathname }: Pick<Place, 'pathname'>): DailyPage | null {
  const path = pathOf(pathname)
  if (path === '') return 'overview'
  if (path === '/obligations' || path === '/review') return path.slice(1) as DailyPage
  return ITEM.test(path) ? 'item' : null
}

const pathOf = (pathname: string) => pathname.slice(ROOT.length).replace(/\/$/, '')

/** What the page of an address asks for at once. */
export function questionsOf({ pathname, query }: Place): Question[] {
  const path = pathOf(pathname)
  if (OPEN.test(path)) return []
  const me = urgent(ME, ['me'])
  if (path === '')
    return [
      me,
      urgent(CAMPAIGNS, ['campaigns']),
      later('/v1/home', ['home']),
      later('/v1/overview', ['overview']),
    ]
  if (path === '/obligations')
    return [me, listQuestion(query), later('/v1/inboxes', ['obligations', 'inboxes'])]
  const id = ITEM.exec(path)?.[1]
  return id === undefined ? [me] : [me, ...itemQuestions(id)]
}

/** What it asks for once it knows these answers. */
export function questionsAfter({ pathname, query }: Place, answers: Answers): Question[] {
  const me = answers.get(ME) as { clock: { today: string } } | undefined
  const campaigns = answers.get(CAMPAIGNS) as { items: Parameters<typeof shownCampaign>[0] } | undefined
  if (!me || !campaigns || pathOf(pathname) !== '') return []
  const shown = shownCampaign(campaigns.items, me.clock.today, query['campaign'])
  return shown
    ? [urgent(`${CAMPAIGNS}/${encodeURIComponent(shown.id)}/timeline`, ['timeline', shown.id])]
    : []
}

function listQuestion(query: QueryInAddress): Question {
  const filters = asked(query)
  return {
    ...urgent(`/v1/obligations?${serialize(pageAsked(filters, ''))}`, ['obligations', filters]),
    paged: true,
  }
}

function itemQuestions(id: string): Question[] {
  const address = `/v1/obligations/${id}`
  const key = ['obligation', id] as const
  return [
    urgent(address, key),
    later(`${address}/possible-actions`, [...key, 'actions']),
    later(`${address}/story`, [...key, 'story']),
    later(`${address}/receipt`, [...key, 'receipt']),
  ]
}

const urgent = (address: string, key: readonly unknown[]) => ({ address, key, urgent: true, paged: false })
const later = (address: string, key: readonly unknown[]) => ({ ...urgent(address, key), urgent: false })
