import { useMutation } from '@tanstack/vue-query'
import { ref } from 'vue'
import type { operations } from '../../../generated/api.d.ts'
import { ZipEntries } from '../../../../src/ledgers/zip-entries.ts'
import { api } from '../../api/client.ts'
import { saveFile } from '../../parts/save-file.ts'

export type PackRequest = NonNullable<
  operations['makeInspectionPack']['requestBody']
>['content']['application/json']
/** How far a pack is: which file comes, and of how many. */
type Progress = { nth: number; of: number; name: string }

/** Makes the inspection pack of a campaign and puts it on the device; meanwhile it tells which file is coming. */
export function usePack() {
  const progress = ref<Progress | null>(null)
  const made = useMutation({
    mutationFn: async ({ campaign, body, name }: { campaign: string; body: PackRequest; name: string }) => {
      const { response } = await api.POST('/v1/campaigns/{id}/pack', {
        ...{ params: { path: { id: campaign } }, body },
        parseAs: 'stream',
      })
      const of = Number(response.headers.get('duban-files'))
      const files = new ZipEntries((file) => {
        progress.value = { nth: (progress.value?.nth ?? 0) + 1, of, name: file }
      })
      saveFile(await collected(response, files), name)
    },
    onSettled: () => (progress.value = null),
  })
  return { ...made, progress }
}

async function collected(response: Response, files: ZipEntries): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const reader = response.body!.getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    files.take(piece.value)
    pieces.push(piece.value)
  }
  return new Blob(pieces, { type: 'application/zip' })
}
