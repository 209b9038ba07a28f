import { sendFile } from '../../api/send-file.ts'
import type { Import } from './use-import.ts'

/** What is said of a file when it is sent. It is only checked; registering is asked for later. */
export type Claim = {
  kind: 'warnings' | 'withdrawals'
  complete: boolean
  from: string
  until: string
  /** The comparison whose hits the file lists. */
  comparison?: string
  /** The registered import whose rows the file has, mended, and which rows, in the order of the file. */
  mends?: { id: string; rows: readonly number[] }
}

/** The address for a claim. */
export function uploadAddress({ kind, complete, from, until, comparison, mends }: Claim): string {
  const query = new URLSearchParams({ dryRun: 'true' })
  if (mends) {
    query.set('mends', mends.id)
    query.set('mendsRows', mends.rows.join(','))
  }
  if (comparison) {
    query.set('comparison', comparison)
    return `/v1/imports?${query}`
  }
  if (kind === 'withdrawals') query.set('kind', kind)
  if (kind === 'warnings' && complete) {
    query.set('complete', 'true')
    if (from !== '') query.set('from', from)
    if (until !== '') query.set('until', until)
  }
  return `/v1/imports?${query}`
}

/** What was said of a file that was sent, for another of its sheets. */
export function claimOf(one: Import): Claim {
  const { kind, completeFrom, completeUntil, comparison } = one
  const span = { complete: completeFrom !== null, from: completeFrom ?? '', until: completeUntil ?? '' }
  return { kind, ...span, ...(comparison !== null && { comparison }) }
}

/** Sends a file to be checked, or one sheet of it. @returns the id of the import @throws Problem */
export async function upload(
  file: File,
  claim: Claim,
  onProgress: (share: number) => void,
  sheet?: string,
): Promise<string> {
  const more: Record<string, string> = sheet === undefined ? {} : { sheet }
  return String((await sendFile(uploadAddress(claim), file, onProgress, more))['id'])
}
