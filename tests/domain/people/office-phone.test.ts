import { expect, test } from 'vitest'
import { officePhoneFault } from '../../../src/domain/people/office-phone.ts'

test.each([
  '0915-4421234',
  '000-00000101',
  '(0915)4421234',
  '+86 915 4421234',
  '0915-4421234转802',
  '19900000101',
])('%s is a telephone', (text) => expect(officePhoneFault(text)).toBeNull())

test.each([
  '',
  '12',
  '打给我',
  '619999199001010011',
  '0915-4421234\r\nBcc: x',
  '<b>0915</b>',
  '转802',
  '0915 转',
  '()-',
])('%j is none', (text) => expect(officePhoneFault(text)).toContain('电话写成'))
