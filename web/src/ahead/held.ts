import type { Question } from './questions.ts'

/** An answer of an earlier visit. @property at in milliseconds since 1970 */
export type Kept = { question: Question; body: unknown; at: number }

declare global {
  interface Window {
    /** What ahead.ts holds for the app; it is not there while the app is developed. */
    dubanAhead?: {
      /** Milliseconds since the page began. */
      begunAt: number
      /** What the page asks as it opens. */
      questions: readonly Question[]
      asked: Map<string, Promise<Response>>
      /** Over once what stands behind other answers is asked for as well. */
      next: Promise<void>
      kept: Promise<Kept[]>
    }
  }
}

/** What was asked for longer ago is asked for anew. */
const FRESH_MS = 15_000
/** What ahead.ts asks for behind other answers, perhaps a moment after the app. */
const NEXT = /\/timeline$/

/** The answer to what was asked for ahead, once; undefined where the app asks by itself. */
export async function takeAsked({ method, url }: Request): Promise<Response | undefined> {
  const ahead = window.dubanAhead
  if (!ahead || method !== 'GET') return undefined
  const address = url.slice(location.origin.length)
  if (NEXT.test(address)) await ahead.next
  const asked = ahead.asked.get(address)
  if (!asked) return undefined
  ahead.asked.delete(address)
  if (performance.now() - ahead.begunAt > FRESH_MS) return undefined
  const answer = await asked.catch(() => undefined)
  // Whoever was refused then may have signed in meanwhile, and somebody else may read this.
  if (answer && answer.status !== 401 && ahead === window.dubanAhead) return answer
  // Unread it would hold its connection.
  void answer?.text().catch(() => undefined)
  return undefined
}

/** What was asked under one session is no answer under the next. */
export function forgetAhead(): void {
  delete window.dubanAhead
}

export async function keptBefore(): Promise<readonly Kept[]> {
  return (await window.dubanAhead?.kept.catch(() => [])) ?? []
}
