import { refused } from '../refusals.ts'
import { LIMITS } from './limits.ts'
import { unescaped } from './xml.ts'

/** Joins the runs of one string. What stands over the characters to help reading aloud (rPh) is left out. */
export class RichText {
  #text = ''
  #inText = false
  #inPhonetic = false

  begin(): void {
    this.#text = ''
    this.#inText = this.#inPhonetic = false
  }

  open(name: string): void {
    if (name === 't') this.#inText = !this.#inPhonetic
    else if (name === 'rPh') this.#inPhonetic = true
  }

  close(name: string): void {
    if (name === 't') this.#inText = false
    else if (name === 'rPh') this.#inPhonetic = false
  }

  add(text: string): void {
    if (!this.#inText) return
    this.#text += text
    if (this.#text.length > LIMITS.cellCharacters) throw refused('cell-too-big', '有一个单元格')
  }

  get text(): string {
    return unescaped(this.#text)
  }
}
