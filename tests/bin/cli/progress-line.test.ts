import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { progressLine } from '../../../src/bin/cli/progress-line.ts'

function terminal(isTTY: boolean) {
  const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY })
  return { output, shown: () => String(output.read() ?? '') }
}

test('on a terminal the line is taken away before what is said next', () => {
  const { output, shown } = terminal(true)
  const line = progressLine(output)
  line.say('检查:1000 行')
  line.clear()
  expect(shown()).toBe('\r\u001b[K检查:1000 行\r\u001b[K')
})

test('where nothing was said nothing is taken away', () => {
  const { output, shown } = terminal(true)
  progressLine(output).clear()
  progressLine(null).clear()
  expect(shown()).toBe('')
})
