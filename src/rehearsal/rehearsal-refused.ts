/** Thrown when there is nothing to rehearse or nothing was compared; the message says what to do. */
export class RehearsalRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RehearsalRefused'
  }
}
