import { type Ask, askMapping } from './ask-mapping.ts'
import { actOnImport, followImport } from './import-steps.ts'
import type { Asked, MappedOutcome } from './mapping-asked.ts'
import { goesOnAs } from './mapping-words.ts'
import {
  fieldLabel,
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
  /** The fields of columns in files that were registered before in this run, by name: these are not asked again. */
  known?: Readonly<Record<string, string>> | undefined
}

/**
 * Asks for what an import needs to know until it needs no more, or until nothing is answered; then tells the options that
 * say the same at once.
 */
export async function answerImport(
  service: Service,
  started: MappedOutcome,
  { ask, say, command, takeMore, shown, asks = false, known = {} }: Terminal,
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
    const same = knownColumns(done.mapping, known)
    for (const [name, field] of Object.entries(same))
      say(`列“${name}”同前面的文件,是“${fieldLabel(field)}”。`)
    const asked = await askMapping(withoutQuestions(done.mapping, same), ask, takeMore)
    const said = { ...asked, columns: { ...same, ...asked.columns } }
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

/** The columns that would be asked about and that a file before had, with the field that is proposed now too. */
function knownColumns({ columns }: Asked, known: Readonly<Record<string, string>>): Record<string, string> {
  const same = columns.filter(
    ({ name, field, confidence }) => confidence === 'likely' && field !== null && known[name] === field,
  )
  return Object.fromEntries(same.map(({ name, field }) => [name, field ?? '']))
}

function withoutQuestions(asked: Asked, same: Record<string, string>): Asked {
  const columns = asked.columns.map((column) =>
    column.name in same ? { ...column, confidence: 'certain' } : column,
  )
  return { ...asked, columns }
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
