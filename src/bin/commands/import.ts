import type { Command } from 'commander'
import { commandLine, commandLineFor } from '../cli/called-as.ts'
import { CliError } from '../cli/cli-error.ts'
import { finishImport } from '../cli/finish-import.ts'
import { handleChanges } from '../cli/import-changes.ts'
import { importFiles, withPerson } from '../cli/import-files.ts'
import { type ImportOptions, importWithOptions, saidIn } from '../cli/import-options.ts'
import { actOnImport, followImport, getImport } from '../cli/import-steps.ts'
import { showConsistency } from '../cli/import-consistency.ts'
import { listImports } from '../cli/list-imports.ts'
import type { MappedOutcome } from '../cli/mapping-asked.ts'
import { cancelProposed, registerChecked } from '../cli/register-import.ts'
import { type RememberedBody, rememberedLines } from '../cli/remembered-lines.ts'
import { saysSomething, type SaidMapping } from '../cli/said-mapping.ts'
import { serviceOf, type Service } from '../cli/service.ts'
import { tellImport } from '../cli/tell-import.ts'
import { previewWords, type UndoPreview } from '../cli/undo-words.ts'
import { readConfig } from '../config/config.ts'

export function importCommand(): Command {
  return importWithOptions().action(async (files: string[], options: ImportOptions) => {
    const config = readConfig(process.env, { DUBAN_DATA: options.data })
    const service = await serviceOf(config, options)
    if (await handleChanges(service, options)) return
    if (options.consistency !== undefined)
      return showConsistency(service, options.consistency, options, commandLineFor(options.data))
    if (options.list) return listImports(service, options)
    if (options.mappings) return showRemembered(service, options)
    if (options.forget !== undefined) return forget(service, options.forget)
    if (options.undo !== undefined && options.dryRun) return previewUndo(service, options.undo, options)
    mustFitTogether(options)
    if (options.continue !== undefined) return goOn(service, options.continue, options)
    const settling = settlingIn(service, options)
    if (settling.length === 0) return importFiles(service, files, options)
    for (const settle of settling) {
      const done = await followImport(service, await settle(), !options.json)
      await tellImport(service, done, options, { said: saidIn(options, undefined) })
    }
  })
}

/** What settles imports that are there already; of several checked ones each is registered. */
function settlingIn(service: Service, options: ImportOptions): (() => Promise<MappedOutcome>)[] {
  const { undo, apply, cancelWithdrawn } = options
  if (undo !== undefined) return [() => actOnImport(service, undo, { action: 'undo' })]
  if (cancelWithdrawn !== undefined) return [() => cancelProposed(service, cancelWithdrawn, options)]
  const checked = (apply ?? '').split(/[,,、]/).filter((id) => id.trim() !== '')
  return checked.map((id) => () => registerChecked(service, id.trim(), options, commandLineFor(options.data)))
}

/** Explains an import that waits, by options or by answers. */
async function goOn(service: Service, id: string, options: ImportOptions): Promise<void> {
  const said = saidIn(options, onlySheet(options))
  const left = () => `停下了。接着来:${commandLineFor(options.data)(`import --continue ${id}`)}`
  await withPerson(options, left, async (person) => {
    const read = await followImport(service, await explained(service, id, said), !options.json)
    await finishImport(service, read, options, { said, person })
  })
}

function explained(service: Service, id: string, said: SaidMapping): Promise<MappedOutcome> {
  return saysSomething(said) ? actOnImport(service, id, { action: 'map', ...said }) : getImport(service, id)
}

/** @throws CliError for more than one: an import is of one sheet */
function onlySheet({ sheet = [] }: ImportOptions): string | undefined {
  if (sheet.length > 1)
    throw new CliError(
      `--continue 接着的是一张表,--sheet 只写一个;几张都要的,和文件一起写:${commandLine('import 文件 --sheet 表名 --sheet 表名')}`,
    )
  return sheet[0]
}

/**
 * An import is checked only from its upload on, and silent from its upload or from when it is registered.
 * @throws CliError for anything else
 */
function mustFitTogether(options: ImportOptions): void {
  const { undo, apply, cancelWithdrawn, continue: goesOn, silent, dryRun } = options
  const settled = [apply, cancelWithdrawn].filter((id) => id !== undefined)
  if (settled.length > 1)
    throw new CliError('--apply 只登记,--cancel-withdrawn 登记并撤销:只写一个。没有做任何事。')
  const other = undo ?? goesOn
  if ((silent && other !== undefined) || (dryRun && (other ?? settled[0]) !== undefined))
    throw new CliError(
      `--silent 和 --dry-run 要和文件一起写(--silent 也可以和 --apply 一起写),没有做任何事。请重新导入:${commandLine('import 文件 --silent')}`,
    )
}

async function showRemembered(service: Service, { json, data }: ImportOptions): Promise<void> {
  const { items } = await service.call<{ items: RememberedBody[] }>('/v1/import-mappings')
  console.log(json ? JSON.stringify(items) : rememberedLines(items, commandLineFor(data)))
}

/** What taking back would do; nothing is done. */
async function previewUndo(service: Service, id: string, { json, data }: ImportOptions): Promise<void> {
  const preview = await service.call<UndoPreview>(`/v1/imports/${encodeURIComponent(id)}/undo-preview`)
  const undo = commandLineFor(data)(`import --undo ${id}`)
  console.log(json ? JSON.stringify(preview) : previewWords(preview, undo))
}

async function forget(service: Service, id: string): Promise<void> {
  await service.text(`/v1/import-mappings/${encodeURIComponent(id)}`, { method: 'DELETE' })
  console.log('已忘记。下一个这样的文件会再问;已经登记的不变。')
}
