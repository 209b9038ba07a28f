/** Empty modules around the code, which scanners need. */
const MARGIN = 4

/** The dark modules of a QR code as one path, a unit each. `whole` is the width with its margin. */
export function qrPath(size: number, data: ArrayLike<number>): { whole: number; path: string } {
  const dark = Array.from({ length: size * size }, (_, at) => at).filter((at) => data[at])
  const path = dark.map((at) => `M${(at % size) + MARGIN} ${Math.floor(at / size) + MARGIN}h1v1h-1z`).join('')
  return { whole: size + 2 * MARGIN, path }
}
