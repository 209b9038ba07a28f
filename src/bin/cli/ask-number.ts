import type { Ask } from './ask-mapping.ts'

const YES = /^(y|yes|是|好)$/i

/**
 * Asks until one of the choices is picked by its number, which means the same each time it is asked; a yes picks the first of two.
 * @param same the place of what was answered before: Enter then answers the same @returns its place, from 0
 */
export async function askNumber(
  ask: Ask,
  question: string,
  choices: readonly string[],
  same?: number,
): Promise<number> {
  const list = choices.map((choice, i) => `  ${i + 1} ${choice}`).join('\n')
  const how = same === undefined ? '写序号' : `写序号(回车 = ${same + 1},同上)`
  for (let hint = ''; ; hint = `请写 1 到 ${choices.length} 的序号。\n`) {
    const answer = (await ask(`${hint}${question}\n${list}\n${how}:`)).trim()
    if (same !== undefined && answer === '') return same
    if (choices.length === 2 && YES.test(answer)) return 0
    const picked = Number(answer) - 1
    if (/^\d+$/.test(answer) && picked in choices) return picked
  }
}
