/** A stream that may be a terminal. */
type Output = { isTTY?: boolean | undefined; write: (text: string) => unknown }

/** One line that is written over on a terminal, and line by line into a file. Null: nothing is said. */
export function progressLine(to: Output | null) {
  let last = ''
  const write = (text: string) => to?.write(to.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
  return {
    say(text: string) {
      if (text !== last) write(text)
      last = text
    },
    /** Takes the line away, so that what is written next begins at its start. */
    clear() {
      if (to?.isTTY && last !== '') to.write('\r\u001b[K')
    },
    end() {
      if (to?.isTTY && last !== '') to.write('\n')
    },
  }
}
