import { type Ask, askMapping } from './ask-mapping.ts'
import { actOnImport, followImport } from './import-steps.ts'
import type { Asked, MappedOutcome } from './mapping-asked.ts'
import { goesOnAs } from './mapping-words.ts'
import {
  joinSaid,
  mappingOptions,
  saysOfThisFileAlone,
  saysSomething,
  type SaidMapping,
} from './said-mapping.ts'
import { recognisedLine, recognisedLines } from './recognised-lines.ts'
import type { Service } from './service.ts'

type Terminal = {
  ask: Ask
  say: (line: string) => void
  command: (args: string) => string
  /** Takes the other sheets of a workbook. */ takeMore?: ((sheets: string[]) => void) | undefined
  /** Is called when the columns were told. */ shown?: () => void
  /** Whether somebody is asked before it is registered. */ asks?: boolean
}

/**
 * Asks for what an import needs to know until it needs no more, or until nothing is answered; then tells the options that
 * say the same at once.
 */
export async function answerImport(
  service: Service,
  started: MappedOutcome,
  { ask, say, command, takeMore, shown, asks = false }: Terminal,
): Promise<MappedOutcome> {
  if (started.state !== 'mapping-needed') return started
  let done = started
  let all: SaidMapping = { columns: {}, words: {} }
  if (asks && started.dryRun) say('有几处要先说明(按 Ctrl+D 停下,会告诉您以后怎么接着来)。')
  else
    say(
      `这个文件有几处要先说明。现在停下也可以(Ctrl+C),以后接着来:${command(`import --continue ${started.id}`)}\n${goesOnAs(started)}`,
    )
  while (done.state === 'mapping-needed' && done.mapping) {
    for (const line of asks ? recognisedLine(done) : recognisedLines(done)) {
      say(line)
      shown?.()
    }
    const said = await askMapping(done.mapping, ask, takeMore)
    if (!saysSomething(said)) return done
    all = joinSaid(all, inNames(said, done.mapping.choices))
    done = await followImport(service, await actOnImport(service, done.id, { action: 'map', ...said }), false)
  }
  if (asks) {
    if (saysSomething({ ...all, sheet: undefined }) && !saysOfThisFileAlone(all)) say('已记住,下次不再问。')
  } else if (['applied', 'validated'].includes(done.state))
    say(`${rememberedWords(all)}导入命令后面加上:\n  ${mappingOptions(all)}`)
  return done
}

/** What was said of words, with the names of what they mean: the line is for people to read. */
function inNames(said: SaidMapping, choices: Asked['choices']): SaidMapping {
  const nameOf = (field: string, code: string) =>
    choices[field]?.find((choice) => choice.code === code)?.name ?? code
  const words = Object.entries(said.words).map(([field, meanings]) => {
    const named = Object.entries(meanings).map(([word, code]) => [word, nameOf(field, code)] as const)
    return [field, Object.fromEntries(named)] as const
  })
  return { ...said, words: Object.fromEntries(words) }
}

/** Columns are remembered by the head of their file. */
function rememberedWords(said: SaidMapping): string {
  return saysOfThisFileAlone(said)
    ? '这个文件没有表头,列的对应记不住,下次还要说明。要省去逐个回答,'
    : '已记住,下次这样的文件不再问。别处要用时,'
}
