import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isDay } from '../../src/domain/time/days.ts'
import { dayExists } from '../../src/ledgers/day-exists.ts'

const two = (n: number) => String(n).padStart(2, '0')

it('dayExists agrees with isDay', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2100 }), fc.nat(13), fc.nat(32), (year, month, day) => {
      const text = `${year}-${two(month)}-${two(day)}`
      expect(dayExists(text)).toBe(isDay(text))
    }),
    { numRuns: 2000 },
  )
})
