import { expect, it } from 'vitest'
import { textOf } from '../../web/src/parts/text-of.ts'

const of = (...bytes: number[]) => textOf(Uint8Array.from(bytes).buffer)

it('a text file is read in the encoding that it was saved in', () => {
  expect(textOf(new TextEncoder().encode('名: 行动').buffer)).toBe('名: 行动')
  expect(of(0xef, 0xbb, 0xbf, 0x61)).toBe('a')
  expect(of(0xff, 0xfe, 0x2d, 0x4e)).toBe('中')
  expect(of(0xfe, 0xff, 0x4e, 0x2d)).toBe('中')
  // 中文 in GB18030.
  expect(of(0xd6, 0xd0, 0xce, 0xc4)).toBe('中文')
})
