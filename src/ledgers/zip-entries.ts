/** What begins a file of an archive: a signature, and fixed fields up to its name. */
const SIGNATURE = 0x04034b50
const FIXED = 30
const SIZE_AT = 18
const NAME_AT = 26
const EXTRA_AT = 28

/**
 * Tells of each file of an archive as it begins, while the archive is still on its way. Of archives made by zip-stream.ts, which say
 * each file's size before it.
 */
export class ZipEntries {
  #waiting = new Uint8Array()
  #skip = 0
  readonly #onFile: (name: string) => void

  constructor(onFile: (name: string) => void) {
    this.#onFile = onFile
  }

  /** Takes the next piece. */
  take(piece: Uint8Array): void {
    const skipped = Math.min(this.#skip, piece.length)
    this.#skip -= skipped
    const rest = piece.subarray(skipped)
    if (rest.length === 0) return
    const all = new Uint8Array(this.#waiting.length + rest.length)
    all.set(this.#waiting)
    all.set(rest, this.#waiting.length)
    this.#waiting = this.#read(all)
  }

  /** @returns what is left of the pieces: the beginning of a head. */
  #read(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    let at = 0
    while (at + FIXED <= bytes.length) {
      const head = new DataView(bytes.buffer, bytes.byteOffset + at)
      if (head.getUint32(0, true) !== SIGNATURE) return new Uint8Array()
      const nameLength = head.getUint16(NAME_AT, true)
      const dataAt = at + FIXED + nameLength + head.getUint16(EXTRA_AT, true)
      if (dataAt > bytes.length) break
      this.#onFile(new TextDecoder().decode(bytes.subarray(at + FIXED, at + FIXED + nameLength)))
      at = dataAt + head.getUint32(SIZE_AT, true)
    }
    if (at > bytes.length) {
      this.#skip = at - bytes.length
      return new Uint8Array()
    }
    return bytes.slice(at)
  }
}
