import { CliError } from './cli-error.ts'
import { actOnImport, getImport } from './import-steps.ts'
import type { MappedOutcome } from './mapping-asked.ts'
import type { Service } from './service.ts'

type Wishes = { note?: string | undefined; silent?: boolean | undefined; json?: boolean | undefined }

/** Registers what was checked and cancels nothing. @throws CliError for a list of withdrawals, which has nothing to register */
export async function registerChecked(
  service: Service,
  id: string,
  { note, silent, json }: Wishes,
  command: (args: string) => string,
): Promise<MappedOutcome> {
  const cancelling = command(`import --cancel-withdrawn ${id}`)
  if (note !== undefined)
    throw new CliError(`--note 是撤销的原因,与 --cancel-withdrawn 一起用,没有做任何事:${cancelling}`)
  const { kind, completeFrom = null } = await getImport(service, id)
  if (kind === 'withdrawals')
    throw new CliError(
      `这个文件是平台已撤回的编号,没有要登记的行,没有做任何事。撤销它列出的事项:${cancelling}`,
    )
  const done = await actOnImport(service, id, { action: 'apply', withdraw: false, ...silently(silent) })
  if (completeFrom !== null && !json)
    console.log('只登记,没有撤销任何事项。要撤销的,把文件用 --complete 再导入一次。')
  return done
}

/** Cancels what a checked import proposes, and registers its rows. */
export function cancelProposed(
  service: Service,
  id: string,
  { note, silent }: Wishes,
): Promise<MappedOutcome> {
  const why = note === undefined ? {} : { note }
  return actOnImport(service, id, { action: 'apply', withdraw: true, ...why, ...silently(silent) })
}

function silently(silent: boolean | undefined): { silent?: true } {
  return silent ? { silent } : {}
}
