import type { Ask } from './ask-mapping.ts'

const YES = /^(y|yes|是|好)$/i

/** Asks until one of the choices is picked by its number; a yes picks the first of two. @returns its place, from 0 */
export async function askNumber(ask: Ask, question: string, choices: readonly string[]): Promise<number> {
  const list = choices.map((choice, i) => `  ${i + 1} ${choice}`).join('\n')
  for (let hint = ''; ; hint = `请写 1 到 ${choices.length} 的序号。\n`) {
    const answer = (await ask(`${hint}${question}\n${list}\n写序号:`)).trim()
    if (choices.length === 2 && YES.test(answer)) return 0
    const picked = Number(answer) - 1
    if (/^\d+$/.test(answer) && picked in choices) return picked
  }
}
