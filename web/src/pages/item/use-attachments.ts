import { useMutation, useQuery } from '@tanstack/vue-query'
import { ref } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import { queryClient } from '../../api/query.ts'
import { sendFile } from '../../api/send-file.ts'

const askAttachments = (id: string) =>
  bodyFrom(api.GET('/v1/obligations/{id}/attachments', { params: { path: { id } } }))
export type Attachment = Awaited<ReturnType<typeof askAttachments>>['items'][number]

const keyOf = (id: string) => ['obligation', id, 'attachments']

/** The files on an obligation. */
export function useAttachments(id: string) {
  return useQuery({ queryKey: keyOf(id), queryFn: () => askAttachments(id) })
}

/** Adds files one after another; `sent` is the share of the one that is being sent. */
export function useAddAttachments(id: string) {
  const sent = ref(0)
  const adding = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files)
        await sendFile(`/v1/obligations/${id}/attachments`, file, (share) => (sent.value = share))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keyOf(id) }),
  })
  return { adding, sent }
}

export function useRemoveAttachment(id: string) {
  return useMutation({
    mutationFn: (attachment: string) =>
      bodyFrom(api.DELETE('/v1/attachments/{id}', { params: { path: { id: attachment } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keyOf(id) }),
  })
}
