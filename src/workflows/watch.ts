import { continueAsNew, workflowInfo } from '@temporalio/workflow'
import type { TickAnswer } from '../contract/workflows.ts'
import { listenForPokes } from './poked.ts'

/** The one shape of a watching workflow: ask what comes next, do it, wait for the time or a poke, ask again. */
export async function watch<A extends TickAnswer>(
  subject: string,
  ask: (subject: string, poke: number) => Promise<A>,
  /** Acts on the answer; true asks again at once. */
  act: (answer: A) => Promise<boolean> = async () => false,
): Promise<void> {
  const pokes = listenForPokes()
  for (;;) {
    const heard = pokes.heard()
    const answer = await ask(subject, heard.poke)
    if (await act(answer)) continue
    if (pokes.hasNews(heard)) continue
    if (answer.done) return
    if (workflowInfo().continueAsNewSuggested) await continueAsNew(subject)
    await pokes.wait(heard, answer.waitMs)
  }
}
