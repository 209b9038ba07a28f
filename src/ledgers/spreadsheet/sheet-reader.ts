import { refused } from '../refusals.ts'
import type { FillDown } from './fill-down.ts'
import { LIMITS } from './limits.ts'
import { RemarkBook } from './remark-book.ts'
import { RichText } from './rich-text.ts'
import { type CellContext, cellText, columnOf } from './sheet-cells.ts'
import type { SheetRows } from './workbook.ts'
import { attribute, isTrue, type XmlHandler } from './xml.ts'

/** Collects the rows of a sheet from its XML. Cells that are empty at the end of a row are left out. */
export class SheetReader implements XmlHandler {
  readonly remarks = new RemarkBook()
  readonly #context: CellContext
  readonly #fill: FillDown
  readonly #inline = new RichText()
  #done: SheetRows = { numbers: [], records: [] }
  #slots = 0
  #row = 0
  #record: string[] = []
  #column = -1
  #type = ''
  #style = 0
  #value = ''
  #hasValue = false
  #isFormula = false
  #inValue = false

  constructor(context: CellContext, fill: FillDown) {
    this.#context = context
    this.#fill = fill
  }

  /** Returns the rows since the last call. */
  harvest(): SheetRows {
    const done = this.#done
    this.#done = { numbers: [], records: [] }
    return done
  }

  get waiting(): number {
    return this.#done.numbers.length
  }

  open(name: string, attributes: string): void {
    if (name === 'v') this.#inValue = this.#hasValue = true
    else if (name === 'c') this.#openCell(attributes)
    else if (name === 'row') this.#openRow(attributes)
    else if (name === 'f') this.#isFormula = true
    else if (name === 'col') this.#takeColumns(attributes)
    else this.#inline.open(name)
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false
    else if (name === 'c') this.#closeCell()
    else if (name === 'row') this.#closeRow()
    else this.#inline.close(name)
  }

  text(text: string): void {
    if (!this.#inValue) return this.#inline.add(text)
    this.#value += text
    if (this.#value.length > LIMITS.cellCharacters) throw refused('cell-too-big', `第 ${this.#row} 行`)
  }

  #openRow(attributes: string): void {
    const row = Number(attribute(attributes, 'r') ?? this.#row + 1)
    // Whoever writes a row twice, or rows in disorder, wrote a table that each program reads in its own way.
    if (!(row > this.#row && row <= LIMITS.row)) throw refused('workbook-damaged')
    this.#row = row
    this.#record = []
    this.#column = -1
    if (attributes.includes('hidden') && isTrue(attribute(attributes, 'hidden'))) this.remarks.hide(row)
  }

  #openCell(attributes: string): void {
    const reference = attribute(attributes, 'r')
    const column = reference === undefined ? this.#column + 1 : columnOf(reference)
    if (column <= this.#column) throw refused('workbook-damaged')
    this.#column = column
    this.#type = attribute(attributes, 't') ?? 'n'
    this.#style = Number(attribute(attributes, 's') ?? 0)
    this.#value = ''
    this.#hasValue = this.#isFormula = false
    this.#inline.begin()
  }

  #closeCell(): void {
    const text =
      this.#type === 'inlineStr'
        ? this.#inline.text
        : this.#hasValue
          ? cellText(this.#type, this.#style, this.#value, this.#context)
          : ''
    const isUnsaved = this.#isFormula && this.#value === '' && !(this.#hasValue && this.#type === 'str')
    if (isUnsaved) this.remarks.missResult(this.#row, this.#column + 1)
    if (text === '') return
    while (this.#record.length < this.#column) this.#record.push('')
    this.#record.push(text)
  }

  #closeRow(): void {
    const record = this.#record
    if (record.length === 0) return
    if ((this.#slots += record.length) > LIMITS.slots) throw refused('workbook-too-big')
    this.#fill.apply(this.#row, record)
    this.#done.numbers.push(this.#row)
    this.#done.records.push(record)
  }

  #takeColumns(attributes: string): void {
    if (!isTrue(attribute(attributes, 'hidden'))) return
    const first = Number(attribute(attributes, 'min') ?? 1)
    this.remarks.hideColumns(first, Number(attribute(attributes, 'max') ?? first))
  }
}
