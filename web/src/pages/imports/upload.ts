import { Problem } from '../../api/problem.ts'
import { onSignedOut } from '../../api/client.ts'
import { i18n } from '../../words/index.ts'

/** What is said of a file when it is sent. It is only checked; registering is asked for later. */
export type Claim = { kind: 'warnings' | 'withdrawals'; complete: boolean; from: string; until: string }

/** The address for a claim. */
export function uploadAddress({ kind, complete, from, until }: Claim): string {
  const query = new URLSearchParams({ dryRun: 'true' })
  if (kind === 'withdrawals') query.set('kind', kind)
  if (kind === 'warnings' && complete) {
    query.set('complete', 'true')
    if (from !== '') query.set('from', from)
    if (until !== '') query.set('until', until)
  }
  return `/v1/imports?${query}`
}

/**
 * Sends a file and tells how much of it has left: fetch cannot tell that of an upload.
 * @returns the id of the import @throws Problem
 */
export function upload(file: File, claim: Claim, onProgress: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', uploadAddress(claim))
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () =>
      reject(new Problem(0, { code: 'offline', detail: i18n.global.t('state.uploadLost') }))
    request.onload = () => {
      const body = (request.response ?? {}) as Record<string, unknown>
      if (request.status === 202) return resolve(String(body['id']))
      if (request.status === 401) onSignedOut.run()
      reject(new Problem(request.status, body))
    }
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}
