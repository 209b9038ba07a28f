import { html, type Html } from './html.ts'

const BARS = '▁▂▃▄▅▆▇█'

/** A row of numbers as bars, with the numbers for whoever cannot see them. Nothing but zeros is a thin “–”. */
export function sparkline(numbers: readonly number[]): Html {
  const most = Math.max(...numbers, 0)
  if (most === 0) return html`–`
  const bars = numbers.map((n) => BARS[Math.round((n / most) * (BARS.length - 1))]).join('')
  const words = `${numbers.join('、')} 件`
  return html`<span class="bars" role="img" aria-label="${words}" title="${words}">${bars}</span>
    ${trendWords(numbers)}`
}

/** The last step in words: bars alone say no number. */
function trendWords(numbers: readonly number[]): string {
  const [before = 0, now = 0] = numbers.slice(-2)
  if (now === before) return '持平'
  return now > before ? `+${now - before}` : `−${before - now}`
}
