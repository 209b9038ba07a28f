import { expect, test } from 'vitest'
import { keepFilesOut } from '../../web/src/shell/keep-files-out.ts'

/** A page on which something is dragged: what it would answer the browser. */
function dragOver(types: readonly string[], type = 'drop'): { stays: boolean; effect: string } {
  const page = new EventTarget()
  keepFilesOut(page as unknown as Window)
  const dataTransfer = { types, dropEffect: 'copy' }
  const event = Object.assign(new Event(type, { cancelable: true }), { dataTransfer })
  const goesOn = page.dispatchEvent(event)
  return { stays: !goesOn, effect: dataTransfer.dropEffect }
}

test.each(['dragover', 'drop'])('a file that is dropped where nothing takes it stays outside: %s', (type) => {
  expect(dragOver(['Files'], type)).toEqual({ stays: true, effect: 'none' })
})

test('words that are dragged go where they are dropped', () => {
  expect(dragOver(['text/plain'])).toEqual({ stays: false, effect: 'copy' })
})
