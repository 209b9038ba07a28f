import { type NumberShape, shapeOf } from './number-text.ts'
import { attribute, scanXml } from './xml.ts'

const DAY = 'yyyy-mm-dd'
const TIME = 'h:mm:ss'
/** Formats that a workbook names by number only, here and in China. */
const BUILT_IN: Record<number, string> = {
  ...Object.fromEntries([14, 15, 16, 17, 27, 28, 29, 30, 31, 36].map((id) => [id, DAY])),
  ...Object.fromEntries([50, 51, 52, 53, 54, 57, 58].map((id) => [id, DAY])),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, TIME])),
  22: `${DAY} h:mm`,
}

/** How each style of a workbook shows numbers, by the style's place in the list. @throws FileRefused */
export function readStyles(xml: string): NumberShape[] {
  const formats: Record<number, string> = { ...BUILT_IN }
  const shapes: NumberShape[] = []
  let inCellStyles = false
  const open = (name: string, attributes: string) => {
    const id = Number(attribute(attributes, 'numFmtId') ?? 0)
    if (name === 'numFmt') formats[id] = attribute(attributes, 'formatCode') ?? ''
    else if (name === 'cellXfs') inCellStyles = true
    else if (name === 'xf' && inCellStyles) shapes.push(shapeOf(formats[id] ?? ''))
  }
  const close = (name: string) => {
    if (name === 'cellXfs') inCellStyles = false
  }
  scanXml(xml, open, close)
  return shapes
}
