import type { Ask } from './ask-mapping.ts'

const YES = /^(y|yes|是|好)$/i

/**
 * Asks until one of the choices is picked by its number; a yes picks the first of two. @param again whether it was asked before: Enter
 * then answers as before, which stands first, and all stands in one line. @returns its place, from 0
 */
export async function askNumber(
  ask: Ask,
  question: string,
  choices: readonly string[],
  again = false,
): Promise<number> {
  const numbered = choices.map((choice, i) => `${i + 1} ${choice}`)
  const list = again
    ? `回车同上:${numbered.join(';')}`
    : `${numbered.map((choice) => `  ${choice}`).join('\n')}\n写序号`
  for (let hint = ''; ; hint = `请写 1 到 ${choices.length} 的序号。\n`) {
    const answer = (await ask(`${hint}${question}${again ? '' : '\n'}${list}:`)).trim()
    if (again && answer === '') return 0
    if (choices.length === 2 && YES.test(answer)) return 0
    const picked = Number(answer) - 1
    if (/^\d+$/.test(answer) && picked in choices) return picked
  }
}
