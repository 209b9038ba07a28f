import { condition, setHandler } from '@temporalio/workflow'
import { pokeSignal } from '../contract/workflows.ts'

/** Listens for pokes: which came last, and a wait for the next one. */
export function listenForPokes() {
  let last = 0
  let arrivals = 0
  setHandler(pokeSignal, (upTo) => {
    last = Math.max(last, upTo)
    arrivals += 1
  })
  return {
    /** The pokes so far. Taken before asking, so that a poke during the question is not lost. */
    heard: () => ({ poke: last, arrivals }),
    hasNews: (since: { arrivals: number }) => arrivals !== since.arrivals,
    /** @param waitMs wall milliseconds; null waits for a poke only. */
    async wait(since: { arrivals: number }, waitMs: number | null): Promise<void> {
      const news = () => arrivals !== since.arrivals
      await (waitMs === null ? condition(news) : condition(news, Math.max(waitMs, 1)))
    },
  }
}
