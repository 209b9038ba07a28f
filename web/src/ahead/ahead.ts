import { keptAt, ANSWERS } from '../../worker/kept-names.ts'
import { mayBeSignedIn, mayReadWork, mayShowFirst, readsWork } from '../session/signed-in.ts'
import { showDrawn } from './drawn.ts'
import type { Kept } from './held.ts'
import {
  type Answers,
  type DailyPage,
  dailyPageOf,
  ME,
  type Place,
  type Question,
  questionsAfter,
  questionsOf,
} from './questions.ts'

// A file of its own that comes before all others: while the app is on its way and starts, its page's files and first answers
// are under way as well. What it asked for is taken from it (held.ts); where it fails, the app asks by itself.

/** What each page needs beside the files of the app, written here by scripts/build-web.mjs. */
declare const PAGE_FILES: Readonly<Record<DailyPage, readonly string[]>>
/** The first file of the app. */
declare const APP_FILE: string

/** Reading a page from the device and drawing it takes less, also on a slow telephone. */
const PATIENCE_MS = 1_000

type Me = Parameters<typeof readsWork>[0]
const place: Place = { pathname: location.pathname, query: queryOf(location.search) }
let questions: readonly Question[] = []
const asked = new Map<string, Promise<Response>>()

// Without the app there is no page: whatever fails before it, it starts.
try {
  questions = questionsOf(place)
  // First: a browser asks a server for six things at once, and the answers are small.
  askAhead()
  fetchFiles()
  window.dubanAhead = {
    ...{ begunAt: performance.now(), questions, asked, next: askNext().catch(() => undefined) },
    kept: mayBeSignedIn() ? readKept() : Promise.resolve([]),
  }
} finally {
  void startApp()
}

function queryOf(search: string): Place['query'] {
  const params = new URLSearchParams(search)
  const names = [...new Set(params.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const values = params.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

function fetchFiles(): void {
  const page = dailyPageOf(place)
  for (const href of page === null ? [] : PAGE_FILES[page])
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }))
}

/** A stranger is refused for one question alone, and who administers not at all: of whom the device does not know it, they are asked first who they are. */
function askAhead(): void {
  const [me, ...others] = questions.filter(({ urgent }) => urgent)
  if (!me) return
  const reads = ask(me).then(async (answer) => answer.ok && readsWork((await answer.clone().json()) as Me))
  reads.catch(() => undefined)
  for (const one of others) void ask(one, mayReadWork() ? undefined : reads)
}

function ask({ address }: Question, may: Promise<boolean> = Promise.resolve(true)): Promise<Response> {
  const answer = may.then((is) => (is ? fetch(address) : Promise.reject(new Error('they may not read it'))))
  // Whoever takes it asks again.
  answer.catch(() => undefined)
  asked.set(address, answer)
  return answer
}

/**
 * Its files are on their way, save in Safari 14 to 16, which fetches none ahead. They run for longer than a slow telephone takes to show
 * the page as it was drawn last: that comes first.
 */
async function startApp(): Promise<void> {
  await drawFirst().catch(() => undefined)
  if (document.readyState === 'loading')
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve))
  const app = { type: 'module', crossOrigin: 'anonymous', src: APP_FILE }
  document.head.append(Object.assign(document.createElement('script'), app))
}

/** Without it the page is empty until the app draws it, as ever. A device that does not answer keeps nobody waiting. */
async function drawFirst(): Promise<void> {
  if (!mayBeSignedIn() || dailyPageOf(place) === null) return
  const shown = showDrawn(location).then(
    (isShown) => (isShown ? onScreen() : undefined),
    () => undefined,
  )
  await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
}

/** The frame after the one in which it stands there. A page that nobody sees has no frames. */
function onScreen(): Promise<void> | undefined {
  if (document.hidden) return undefined
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
}

/** What is asked for behind other answers. */
async function askNext(): Promise<void> {
  if (dailyPageOf(place) !== 'overview') return
  const bodies = [...asked].map(
    async ([address, answer]) => [address, await (await answer).clone().json()] as const,
  )
  for (const one of questionsAfter(place, new Map(await Promise.all(bodies)))) void ask(one)
}

/** What this device kept of the page, and of whoever reads it: nothing where they are not known. */
async function readKept(): Promise<Kept[]> {
  // Elsewhere a day of yesterday would be reckoned with, unseen.
  if (dailyPageOf(place) === null) return []
  const first = await keptOf(questions)
  const answers: Answers = new Map(first.map(({ question, body }) => [question.address, body]))
  return answers.has(ME) ? [...first, ...(await keptOf(questionsAfter(place, answers)))] : []
}

async function keptOf(wanted: readonly Question[]): Promise<Kept[]> {
  const found = await Promise.all(wanted.map(keptAnswer))
  return found.flatMap((one) => (one === null ? [] : [one]))
}

async function keptAnswer(question: Question): Promise<Kept | null> {
  // Over http browsers keep nothing, and Safari has no store while it browses in private.
  const answer = await self.caches?.match(question.address, { cacheName: ANSWERS }).catch(() => undefined)
  const at = answer ? keptAt(answer) : null
  return answer && at !== null && mayShowFirst(at)
    ? { question, at, body: (await answer.json()) as unknown }
    : null
}
