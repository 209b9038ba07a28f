import decode from 'jsqr'
import { create } from 'qrcode'
import { expect, test } from 'vitest'
import { qrPath } from '../../web/src/pages/account/qr-path.ts'

const PIXELS = 4

/** Paints the squares of the path as a scanner would see them. */
function painted({ whole, path }: { whole: number; path: string }): Uint8ClampedArray {
  const width = whole * PIXELS
  const image = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let at = 0; at < PIXELS * PIXELS; at++) {
      const column = Number(x) * PIXELS + (at % PIXELS)
      const row = Number(y) * PIXELS + Math.floor(at / PIXELS)
      image.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3)
    }
  return image
}

test('a scanner reads the address of the second factor from the drawn path', () => {
  const uri = 'otpauth://totp/Duban:officer%40maoba.example?secret=JBSWY3DPEHPK3PXP&issuer=Duban'
  const { size, data } = create(uri, { errorCorrectionLevel: 'M' }).modules
  const drawn = qrPath(size, data)
  const width = drawn.whole * PIXELS
  expect(decode.default(painted(drawn), width, width)?.data).toBe(uri)
})
