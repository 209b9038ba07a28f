import { create } from 'qrcode'
import { html, type Html } from './html.ts'

/** Free modules around it, without which scanners do not find it. */
const MARGIN = 4

/** A QR code drawn into the page itself: nothing is fetched, and what it says goes nowhere. Black on white in the dark too. */
export function qrCode(text: string, label: string): Html {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const dark = [...data.keys()].filter((at) => data[at])
  const path = dark.map((at) => `M${(at % size) + MARGIN} ${Math.floor(at / size) + MARGIN}h1v1h-1z`).join('')
  const whole = size + 2 * MARGIN
  return html`<svg
    class="qr"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${whole} ${whole}"
    shape-rendering="crispEdges"
  >
    <rect width="${whole}" height="${whole}" fill="#fff" />
    <path d="${path}" fill="#000" />
  </svg>`
}
