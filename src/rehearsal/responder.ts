/** Called by the workers of this process with every answer (BaseDeps.onAnswer). */
export class Responder {
  private wake: () => void = () => undefined
  private rung = false

  readonly ring = (): void => {
    this.rung = true
    this.wake()
  }

  /**
   * Waits until an answer comes, or has come since the last call, at most for the given time. @returns whether
   * one came
   */
  async next(mostMs: number): Promise<boolean> {
    if (!this.rung)
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, mostMs)
        this.wake = () => {
          clearTimeout(late)
          resolve()
        }
      })
    const came = this.rung
    this.rung = false
    return came
  }
}
