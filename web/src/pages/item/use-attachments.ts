import { useMutation, useQuery } from '@tanstack/vue-query'
import { ref } from 'vue'
import { api, bodyFrom } from '../../api/client.ts'
import { asProblem } from '../../api/query.ts'
import { readAnew } from '../../api/read-anew.ts'
import { sendFile } from '../../api/send-file.ts'
import { sendAll } from './send-all.ts'

const askAttachments = (id: string) =>
  bodyFrom(api.GET('/v1/obligations/{id}/attachments', { params: { path: { id } } }))
export type Attachment = Awaited<ReturnType<typeof askAttachments>>['items'][number]

/** The files on an obligation. */
export function useAttachments(id: string) {
  return useQuery({ queryKey: ['obligation', id, 'attachments'], queryFn: () => askAttachments(id) })
}

/** Adds files one after another and answers with those that were not taken; `sent` is the share of the one that is being sent. */
export function useAddAttachments(id: string) {
  const sent = ref(0)
  const adding = useMutation({
    mutationFn: (files: readonly File[]) =>
      sendAll(
        files,
        (file) => sendFile(`/v1/obligations/${id}/attachments`, file, (share) => (sent.value = share)),
        (error) => asProblem(error).detail,
      ),
    onSettled: () => readAnew(),
  })
  return { adding, sent }
}

export function useRemoveAttachment() {
  return useMutation({
    mutationFn: (attachment: string) =>
      bodyFrom(api.DELETE('/v1/attachments/{id}', { params: { path: { id: attachment } } })),
    onSettled: () => readAnew(),
  })
}
