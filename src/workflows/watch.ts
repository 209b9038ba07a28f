import { continueAsNew, workflowInfo } from '@temporalio/workflow'
import type { TickAnswer } from '../contract/workflows.ts'
import { listenForPokes } from './poked.ts'

/**
 * The server refuses a continue-as-new when a poke arrives just then, and the whole history is replayed. At the
 * 4,096 events where the server suggests it, that takes ten seconds. So a run hands over earlier, and when it is
 * quiet.
 */
const LONG_HISTORY = 1_000
const QUIET_MS = 250

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
    const info = workflowInfo()
    if (info.continueAsNewSuggested) await continueAsNew(subject)
    const long = info.historyLength > LONG_HISTORY
    await pokes.wait(heard, long ? Math.min(answer.waitMs ?? QUIET_MS, QUIET_MS) : answer.waitMs)
    if (long && !pokes.hasNews(heard)) await continueAsNew(subject)
  }
}
