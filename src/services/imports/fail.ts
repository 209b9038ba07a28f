import { now as businessNow } from '../schedule/clock.ts'
import { reopenConfirmed } from './changes-store.ts'
import { clearStaging, dropUpload } from './staging.ts'
import { lockImport, updateImport } from './store.ts'
import { inTransaction } from '../../db/pool.ts'
import type { BaseDeps } from '../deps.ts'

/**
 * Ends what trying again does not mend, with a sentence that says what to do. Registering and taking back are one transaction
 * each, so nothing is half done: what was to be registered is `failed`, what was to be taken back is still `applied`.
 */
export async function failImport(deps: BaseDeps, importId: string, code: string): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    const state = (await lockImport(tx, importId))?.state
    if (state === 'undoing') {
      await updateImport(tx, importId, { state: 'applied', problem: undoFailed(importId, code) })
    } else if (state === 'validating' || state === 'applying') {
      await clearStaging(tx, importId)
      await dropUpload(tx, importId)
      const finishedAt = await businessNow(tx)
      await updateImport(tx, importId, { state: 'failed', problem: importFailed(importId, code), finishedAt })
    } else if (state && (await reopenConfirmed(tx, importId)))
      // With its state it gets a new version, so that whoever asks again is answered anew.
      await updateImport(tx, importId, { state, problem: changesFailed(importId, code) })
  })
}

/** The problem of an import whose confirmed changes were not written. */
export const CHANGES_FAILED = 'changes-failed'

function importFailed(importId: string, code: string): { code: string; message: string } {
  if (code === 'UnknownKey')
    return {
      code: 'upload-lost',
      message: '上传的文件打不开了:封存它的密钥已经不在。没有登记任何一行,请重新上传这个文件。',
    }
  return { code: 'failed', message: `没有登记任何一行。请重新上传这个文件;${askOperator(importId, code)}` }
}

function undoFailed(importId: string, code: string): { code: string; message: string } {
  return { code: 'undo-failed', message: `没有撤回任何一件。请再撤回一次;${askOperator(importId, code)}` }
}

function changesFailed(importId: string, code: string): { code: string; message: string } {
  return {
    code: CHANGES_FAILED,
    message: `确认的更正一项也没有写入。请再确认一次;${askOperator(importId, code)}`,
  }
}

function askOperator(importId: string, code: string): string {
  return `若还是这样,请把导入编号 ${importId} 和代码 ${code} 告诉管理员,原因在服务日志中。`
}
