import { queryClient } from '../api/query.ts'
import { noteShownFirst } from '../session/kept-answers.ts'
import { keptBefore } from './held.ts'

/** Older than anything, so that what is shown is asked for at once. */
const LONG_AGO = 1

/** What this device kept of an earlier visit is what the page shows first; the network's answers take its place. */
export async function showKept(): Promise<void> {
  for (const { question, body, at } of await keptBefore()) {
    const data = question.paged ? { pages: [body], pageParams: [''] } : body
    queryClient.setQueryData(question.key, data, { updatedAt: LONG_AGO })
    noteShownFirst(question.address, at)
  }
}
