/** Puts a question to somebody and gives what they typed. Rejects when they leave. */
export type Ask = (question: string) => Promise<string>

/** Asks again until the answer can be used. */
export async function askUntil<T>(
  ask: Ask,
  question: string,
  read: (answer: string) => T | undefined,
  otherwise = '请写上面的序号或名称。',
): Promise<T> {
  for (let text = question; ;) {
    const said = read((await ask(text)).trim())
    if (said !== undefined) return said
    text = `${otherwise}\n${question}`
  }
}

/** The name that an answer picks, by its place in the list or by itself. */
export function chosen(names: readonly string[], answer: string): string | undefined {
  return (
    names.find((name) => name === answer) ?? (/^\d+$/.test(answer) ? names[Number(answer) - 1] : undefined)
  )
}

export function isNone(answer: string): boolean {
  return answer === '-' || answer === '无' || answer === '不用'
}
