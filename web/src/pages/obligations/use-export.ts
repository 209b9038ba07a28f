import { useMutation } from '@tanstack/vue-query'
import { api } from '../../api/client.ts'
import { saveFile } from '../../parts/save-file.ts'
import { shownColumns } from './columns.ts'
import type { ListQuery } from './asked.ts'

/** What a file always has; the columns that are shown stand between. */
const FIRST = ['externalId', 'office', 'title', 'level', 'clock', 'state']
const LAST = ['name', 'village']

export function exportColumns(shown: readonly string[]): string {
  return [...FIRST, ...shown.filter((column) => column !== 'externalId'), ...LAST].join(',')
}

/** The whole of what the list asks, as a file on this device. */
export function useExport() {
  return useMutation({
    mutationFn: async ({ query, name }: { query: ListQuery; name: string }) => {
      const asked = { ...query, columns: exportColumns(shownColumns.value) }
      const { response } = await api.GET('/v1/obligations/export.csv', {
        params: { query: asked },
        parseAs: 'stream',
      })
      saveFile(await response.blob(), name)
    },
  })
}
