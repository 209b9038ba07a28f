import { expect, it } from 'vitest'
import { withReason } from '../../web/src/pages/item/with-reason.ts'

const READY = '缺少佐证材料,请补充'

it('a ready reason goes behind what was written', () => {
  expect(withReason('  ', READY, ';')).toBe(READY)
  expect(withReason('户主姓名写错了', READY, ';')).toBe(`户主姓名写错了;${READY}`)
  expect(withReason('户主姓名写错了。', READY, ';')).toBe(`户主姓名写错了。${READY}`)
  expect(withReason('The name is wrong.', 'Evidence is missing', '; ')).toBe(
    'The name is wrong. Evidence is missing',
  )
})

it('it stands there once, and never makes it too long to send', () => {
  expect(withReason(`${READY}。谢谢`, READY, ';')).toBe(`${READY}。谢谢`)
  expect(withReason('很长的原因', READY, ';', 10)).toBeNull()
  expect(withReason('', READY, ';', READY.length - 1)).toBeNull()
  expect(withReason('很长的原因', READY, ';', 6 + READY.length)).toBe(`很长的原因;${READY}`)
})
