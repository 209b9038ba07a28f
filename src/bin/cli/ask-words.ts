import { nearTown } from '../../ledgers/near-town.ts'
import { type Ask, askUntil, chosen, isNone } from './ask-until.ts'
import { type Asked, type AskedWord, choiceWords, type WordChoice } from './mapping-asked.ts'
import { fieldLabel, type SaidMapping } from './said-mapping.ts'

/** One question for each word, those that keep rows out first. */
export async function askWords({ words, choices }: Asked, ask: Ask): Promise<SaidMapping['words']> {
  const said: SaidMapping['words'] = {}
  const ordered = [...words].sort((a, b) => Number(b.blocks) - Number(a.blocks))
  for (const [i, word] of ordered.entries()) {
    const meaning = await askWord(word, choices[word.field] ?? [], ask, ordered[i + 1])
    if (meaning !== null) said[word.field] = { ...said[word.field], [word.word]: meaning }
  }
  return said
}

async function askWord(
  { field, word, rows, blocks, formerly }: AskedWord,
  all: readonly WordChoice[],
  ask: Ask,
  next?: AskedWord,
): Promise<string | null> {
  const near = field === 'town' ? nearTown(word, all) : undefined
  const choices = near ? [near, ...all.filter((choice) => choice !== near)] : all
  const list = choices.map((choice, i) => `${i + 1} ${choiceWords(choice)}`).join('  ')
  const gone = formerly === undefined ? '' : `,以前说明过的单位(${formerly})已经没有了`
  const left = `不说明,${blocks ? '这些行登记不了' : '照样登记,这一项留空并备注'}`
  const how = near ? `回车确认是“${near.name}”;或写序号、名称;- ${left}` : `写序号或名称(回车表示${left})`
  return askUntil(
    ask,
    `${fieldLabel(field)}“${word}”(${rows} 行)${gone},是什么意思?\n  ${list}\n${levelHint(field, next)}${how}:`,
    (answer) => {
      if (answer === '') return near?.code ?? null
      if (near && isNone(answer)) return null
      const name = chosen(
        choices.map((choice) => choice.name),
        answer,
      )
      return choices.find((choice) => choice.name === name || choice.code === answer)?.code
    },
    '请写上面的序号或名称。',
  )
}

/** How a level is decided, and that the other one is still to come: whoever sees one alone may take it for the whole. */
function levelHint(field: string, next?: AskedWord): string {
  if (field !== 'level') return ''
  const follows = next?.field === 'level' ? `接着问“${next.word}”。` : ''
  return `按本县文件定;拿不准的先空着。${follows}\n`
}
