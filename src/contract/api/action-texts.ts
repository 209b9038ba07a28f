import { z } from 'zod'
import { note } from '../../kinds/fields.ts'

/** What comes with an action in words of one's own. */
export const reasonField = z.string().trim().min(1, '请写明原因').max(500)
export const noteField = note
