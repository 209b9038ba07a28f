const PART = /^—— (请您办理|请您提醒|由.+先(?:办理|复核))/
const REVIEW = /^(?:【[^】]+】)?[▲◔○] .* · (.+?\(复核\).*?)(?: → .*)?$/
const STANDING = /^◆ 待复核 (\d+) 件/
const NAMED = /^ {4}· (?!另 \d+ 件列在上面|其余 \d+ 件见列表)(?:.* (\d+) 件 .*|.*)$/
const BELOW = /^ {4}· (?:另 (\d+) 件列在上面;?)?(?:其余 (\d+) 件见列表)?$/

/**
 * What 现状 says of the reviews that wait: how many it names, how many stand above and how many in the list are all that it counts, and
 * as many stand above as it says. Read from the mail alone.
 */
export function aboveFaults(text: string): string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const from = lines.findIndex((line) => STANDING.test(line))
  const waiting = Number(STANDING.exec(lines[from] ?? '')?.[1] ?? 0)
  const block = from < 0 ? [] : untilNext(lines.slice(from + 1))
  const [, said, others] = block.flatMap((line) => BELOW.exec(line) ?? [])
  // Where all that is not named stands above, or nothing is named, nothing is said of it.
  if (others === undefined) return []
  const named = block.reduce((sum, line) => sum + thingsNamed(line), 0)
  const [above, left] = [Number(said ?? 0), Number(others)]
  const stands = reviewsAbove(lines.slice(0, from))
  return [
    ...(named + above + left === waiting
      ? []
      : [`信中待复核 ${waiting} 件,分列为 ${named}、${above} 和 ${left} 件`]),
    ...(stands === above ? [] : [`信中说另 ${above} 件列在上面,上面有 ${stands} 件`]),
  ]
}

/** Whether a mail says how many stand above: were the words of all of them others, nothing would be compared. */
export function saysAbove(text: string): boolean {
  return text.split(/\r?\n/).some((line) => BELOW.exec(line)?.[1] !== undefined)
}

function untilNext(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => line.startsWith('◆') || line.startsWith('——'))
  return end < 0 ? lines : lines.slice(0, end)
}

function thingsNamed(line: string): number {
  const found = NAMED.exec(line)
  return found ? Number(found[1] ?? 1) : 0
}

/** How many reviews stand in the parts of what the reader, or a colleague, begins with. */
function reviewsAbove(lines: readonly string[]): number {
  let isTheirs = false
  let count = 0
  for (const line of lines) {
    if (line.startsWith('—— ')) isTheirs = PART.test(line)
    const what = isTheirs ? REVIEW.exec(line)?.[1] : undefined
    if (what !== undefined) count += Number(/ (\d+) ?件$/.exec(what)?.[1] ?? 1)
  }
  return count
}
