import { create } from 'qrcode'
import { html, type Html } from './html.ts'

/** Empty modules around the code, which scanners need. */
const MARGIN = 4

/**
 * Draws a QR code into the page itself, so that nothing is fetched and the secret goes nowhere. It is black on
 * white in dark mode too.
 */
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
