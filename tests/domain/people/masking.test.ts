import { describe, expect, it } from 'vitest'
import { maskIdNo, maskName, maskPhone } from '../../../src/domain/people/masking.ts'

describe('masking', () => {
  it.each([
    ['张小某', '张*某'],
    ['张某', '张*'],
    ['欧阳小某', '欧**某'],
    ['𠮷田某', '𠮷*某'],
    ['张', '*'],
    ['', ''],
  ])('the name %s becomes %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  it('a number keeps only its ends', () => {
    expect(maskIdNo('619999199001012163')).toBe('619999********2163')
    expect(maskPhone('19900008219')).toBe('199****8219')
  })

  it('what is too short to hide in part is hidden whole', () => {
    expect(maskIdNo('6199992163')).toBe('**********')
    expect(maskPhone('8219000')).toBe('*******')
  })
})
