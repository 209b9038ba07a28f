import { expect, it } from 'vitest'
import { keyOf } from '../../web/src/parts/use-page-keys.ts'

it.each([
  ['x', false, 'x'],
  ['X', true, 'X'],
  // With Caps Lock.
  ['X', false, 'x'],
  ['x', true, 'X'],
  ['?', true, '?'],
  ['Escape', false, 'Escape'],
])('the key %s, with Shift: %s, is %s', (key, shiftKey, is) => expect(keyOf({ key, shiftKey })).toBe(is))
