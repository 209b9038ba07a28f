/**
 * What was read once for an edition of the tables it comes from (migrations/0005_editions.sql). Whoever asks has seen the
 * edition before they read, so what is remembered is at least as new.
 */
export class VersionedCache<T> {
  readonly #known = new Map<string, { edition: number; value: Promise<T> }>()
  readonly #most: number

  /** @param most entries; beyond, the one longest unread goes */
  constructor(most: number) {
    this.#most = most
  }

  async get(key: string, edition: number, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key)
    const entry = known?.edition === edition ? known : { edition, value: read() }
    this.#known.delete(key)
    this.#known.set(key, entry)
    if (this.#known.size > this.#most) this.#known.delete(this.#known.keys().next().value ?? '')
    try {
      return await entry.value
    } catch (error) {
      if (this.#known.get(key) === entry) this.#known.delete(key)
      throw error
    }
  }
}
