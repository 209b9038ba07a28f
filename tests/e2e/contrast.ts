/**
 * Every text of a page whose colour stands out too little from what is behind it (WCAG 2: 4.5, large text 3). A script for the
 * page, whose types this project does not know.
 */
export const FAINT_TEXTS = `(() => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number)
  const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  const behind = (element) => {
    if (!element) return [255, 255, 255]
    const colour = numbers(getComputedStyle(element).backgroundColor)
    return colour.length === 3 || colour[3] > 0 ? colour : behind(element.parentElement)
  }
  const faint = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent.trim()
    if (text === '' || element.offsetParent === null) continue
    const { color, fontSize, fontWeight } = getComputedStyle(element)
    const [a, b] = [luminance(numbers(color)), luminance(behind(element))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    const size = parseFloat(fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
    if (ratio < (large ? 3 : 4.5)) faint.push(ratio.toFixed(2) + ' ' + text.slice(0, 20))
  }
  return faint
})()`
