import { describe, expect, it } from 'vitest'
import { instantAt } from '../../src/domain/time/days.ts'
import { nextStop, type Wakes } from '../../src/rehearsal/driver.ts'

const at = (time: string) => instantAt('2022-07-04', time)
const wakes = (courier: string | null, ...near: string[]): Wakes => {
  const all = [...near, ...(courier ? [courier] : [])].map(at)
  return {
    first: all.length > 0 ? Math.min(...all) : null,
    courier: courier ? at(courier) : null,
    near: near.map(at),
  }
}

describe('the stepped clock', () => {
  it('goes to the earliest of wakes and actions', () => {
    expect(nextStop(wakes('14:30'), at('10:45'))).toBe(at('10:45'))
    expect(nextStop(wakes('08:30'), at('10:45'))).toBe(at('08:30'))
    expect(nextStop(wakes(null), null)).toBeNull()
  })

  it('goes to the last of wakes that lie close together', () => {
    expect(nextStop(wakes(null, '08:05', '08:11', '08:20'), null)).toBe(at('08:20'))
  })

  it('never goes past a round or an action', () => {
    expect(nextStop(wakes('08:30', '08:20', '08:29', '08:30'), null)).toBe(at('08:29'))
    expect(nextStop(wakes(null, '08:40', '08:50'), at('08:45'))).toBe(at('08:40'))
  })
})
