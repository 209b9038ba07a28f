import { forgetDrawn } from '../session/drawn-pages.ts'
import { i18n } from '../words/index.ts'
import { onSignedOut } from './client.ts'
import { Problem } from './problem.ts'

/**
 * Sends a file and tells how much of it has left: fetch cannot tell that of an upload.
 * @param fields what is sent beside it
 * @returns the body of the answer @throws Problem
 */
export function sendFile(
  address: string,
  file: File,
  onProgress: (share: number) => void = () => undefined,
  fields: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  // It goes past the client, which forgets them otherwise.
  void forgetDrawn().catch(() => undefined)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () =>
      reject(new Problem(0, { code: 'offline', detail: i18n.global.t('state.uploadLost') }))
    request.onload = () => {
      const body = (request.response ?? {}) as Record<string, unknown>
      if (request.status >= 200 && request.status < 300) return resolve(body)
      if (request.status === 401) onSignedOut.run()
      reject(new Problem(request.status, body))
    }
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', file)
    request.send(form)
  })
}
