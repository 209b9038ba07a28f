/** One piece of work at a time that goes on beside its caller. */
export type WorkBeside = {
  /** Begins the next piece, once the one before has ended. */
  begin(work: () => Promise<void>): void
  /** @throws what went wrong in the piece begun last, however often it is asked */
  ended(): Promise<void>
}

export function makeWorkBeside(): WorkBeside {
  let last = Promise.resolve()
  return {
    begin(work) {
      last = work()
      // `ended` reports it; until then it is nobody's rejection.
      last.catch(() => undefined)
    },
    ended: () => last,
  }
}
