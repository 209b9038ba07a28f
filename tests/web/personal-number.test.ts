import { expect, test } from 'vitest'
import { personalNumber } from '../../web/src/pages/obligations/personal-number.ts'

test.each([
  ['619999198001010018', { idNo: '619999198001010018' }],
  [' 619999 19800101 001x ', { idNo: '61999919800101001X' }],
  ['619999800101001', { idNo: '619999800101001' }],
  ['139 0000 0000', { phone: '13900000000' }],
  ['139-0000-0000', { phone: '13900000000' }],
])('%j is a household’s number, which must not stand in an address', (text, expected) => {
  expect(personalNumber(text)).toEqual(expected)
})

test.each([
  'YS2022061999001',
  '2022061999',
  '12900000000',
  '毛坝镇',
  '',
  '019999198001010018',
  '6199991980010100180',
])('%j is searched for as it is', (text) => expect(personalNumber(text)).toBeNull())
