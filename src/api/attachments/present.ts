import type { z } from 'zod'
import type { attachment } from '../../contract/api/attachments.ts'
import { ATTACHMENT_TYPES } from '../../domain/obligation/attachment-types.ts'
import { type Actor, mayIn } from '../../domain/people/permissions.ts'
import { attachmentName, type AttachmentRow } from '../../services/attachments/store.ts'
import type { Keyring } from '../../services/vault/encryption.ts'
import { iso } from '../obligations/present.ts'

/** Until it is handed in, whoever uploaded a file may take it away. */
export function mayRemove({ uploadedBy, handedInAt }: AttachmentRow, actor: Actor): boolean {
  return handedInAt === null && uploadedBy === actor.id
}

/** A file says as much of a household as a note does. Whoever uploaded it and may act there knows it already. */
export function mayReadFile({ office, uploadedBy }: AttachmentRow, actor: Actor): boolean {
  if (!actor.personal) return false
  return (
    mayIn(actor, 'notes:read', office) || (uploadedBy === actor.id && mayIn(actor, 'obligations:act', office))
  )
}

/** An attachment as the contract shows it. Its name may name a household. */
export function showAttachment(row: AttachmentRow, keys: Keyring, actor: Actor): z.infer<typeof attachment> {
  const { id, type, bytes } = row
  return {
    ...{ id, type, bytes },
    name: mayReadFile(row, actor) ? attachmentName(keys, row) : null,
    uploadedBy: { id: row.uploadedBy, name: row.uploaderName },
    uploadedAt: iso(row.uploadedAt),
    handedIn: row.handedInAt !== null,
    mayRemove: mayRemove(row, actor),
    available: row.encrypted !== null,
    labels: { type: ATTACHMENT_TYPES[type].label },
  }
}
