import decode from 'jsqr'
import { expect, it } from 'vitest'
import { totpUri } from '../../../src/services/access/totp.ts'
import { qrCode } from '../../../src/api/pages/qr.ts'

const DOTS = 4

/** What a telephone's camera would see of it. */
function seen(svg: string): { pixels: Uint8ClampedArray; width: number } {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  const width = size * DOTS
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dot = 0; dot < DOTS * DOTS; dot++) {
      const [column, line] = [Number(x) * DOTS + (dot % DOTS), Number(y) * DOTS + Math.floor(dot / DOTS)]
      pixels.fill(0, (line * width + column) * 4, (line * width + column) * 4 + 3)
    }
  return { pixels, width }
}

it('a scanner reads the URI of a second factor from the code', () => {
  const uri = totpUri('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', 'officer@maoba.ziyang.test')
  const { pixels, width } = seen(qrCode(uri, '二维码').markup)
  expect(decode.default(pixels, width, width)?.data).toBe(uri)
})
