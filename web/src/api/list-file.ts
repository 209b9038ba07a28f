import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { readAnew } from './read-anew.ts'
import { sendFile } from './send-file.ts'

/** What every list from a file is answered with; each has counts of its own beside it. */
export type ListAnswer = {
  good: number
  bad: number
  faults: { row: number; column: string; value: string; message: string }[]
}
type How = { file: File; dryRun: boolean; keepGood: boolean }

/** Sends a list to be checked, or to be registered. @param reads the first words of the keys of what it changes beside the work */
export function useListFile<Answer extends ListAnswer>(address: string, reads: readonly string[] = []) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ file, ...how }: How) => {
      const query = new URLSearchParams({ dryRun: String(how.dryRun), keepGood: String(how.keepGood) })
      return (await sendFile(`${address}?${query}`, file)) as unknown as Answer
    },
    onSettled: (_answer, _error, { dryRun }) => {
      if (dryRun) return
      readAnew(client)
      for (const key of reads) void client.invalidateQueries({ queryKey: [key] })
    },
  })
}
