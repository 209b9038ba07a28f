import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The colours of the pages, by theme. */
const css = readFileSync(new URL('../../web/src/styles/tokens.css', import.meta.url), 'utf8')
const [light = '', dark = ''] = css.split('html.dark {')
const colour = (theme: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(theme)?.[1] ?? ''

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

test.each([
  ['light', light],
  ['dark', dark],
])('the edge of a field stands out from what is around it (WCAG 1.4.11): %s', (_name, theme) => {
  for (const ground of ['paper', 'ground'])
    expect(contrast(colour(theme, 'edge'), colour(theme, ground)), ground).toBeGreaterThanOrEqual(3)
})
