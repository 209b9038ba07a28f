import { refused } from './refusals.ts'
import { isZeroed } from './id-number.ts'

/** Of so many numbers one is miscopied to end in 000 by chance, at most. */
const NUMBERS_PER_ACCIDENT = 10_000

/**
 * Watches a column of identity numbers for what a spreadsheet does to it: the last three digits become 000. One in eleven then
 * passes its check digit and names another person: the
 * column as a whole is not to be trusted.
 */
export class ZeroedColumnWatch {
  #numbers = 0
  #digitsOnly = 0
  #zeroed = 0
  #failing = 0

  /** Takes a number of eighteen digits. @param fits whether its check digit does */
  see(idNo: string, fits: boolean): void {
    this.#numbers++
    if (!idNo.endsWith('X')) this.#digitsOnly++
    if (!isZeroed(idNo)) return
    this.#zeroed++
    if (!fits) this.#failing++
  }

  /** A number of the column stands as 6.19999E+17: a spreadsheet has been there. */
  seeScientific(): void {
    this.#failing++
  }

  /** @throws FileRefused when a spreadsheet zeroed the column */
  close(): void {
    if (this.#isProven()) throw refused('digits-lost', String(this.#zeroed))
  }

  #isProven(): boolean {
    if (this.#zeroed === 0) return false
    if (this.#failing >= 2 && this.#failing * NUMBERS_PER_ACCIDENT >= this.#numbers) return true
    // A number that ends in X is text for a spreadsheet, which leaves it as it is.
    if (this.#zeroed >= 2 && this.#zeroed * 2 >= this.#digitsOnly) return true
    return this.#zeroed === this.#digitsOnly
  }
}

/** Fewer alike may have been given so. */
const MOST_BY_CHANCE = 2

/** The same for a column of warning numbers of seventeen digits and more, which have no check digit. */
export class ZeroedCodesWatch {
  #long = 0
  #zeroed = 0

  see(code: string): void {
    if (code.length < 17 || !/^\d+$/.test(code)) return
    this.#long++
    if (/^\d{15}0+$/.test(code)) this.#zeroed++
  }

  /** @throws FileRefused when most of the numbers have zeros where a spreadsheet writes them */
  close(): void {
    if (this.#zeroed > MOST_BY_CHANCE && this.#zeroed * 2 >= this.#long)
      throw refused('codes-lost', String(this.#zeroed))
  }
}
