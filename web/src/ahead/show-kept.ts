import { showFirst } from '../session/kept-answers.ts'
import { keptBefore } from './held.ts'

/** What this device kept of an earlier visit is what the page shows first; the network's answers take its place. */
export async function showKept(): Promise<void> {
  for (const { question, body, at } of await keptBefore()) {
    const data = question.paged ? { pages: [body], pageParams: [''] } : body
    showFirst(question.address, question.key, data, at)
  }
}
