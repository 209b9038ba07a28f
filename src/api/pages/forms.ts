import { z } from 'zod'
import { day } from '../../contract/api/common.ts'

/** One line of text, long enough for anything asked for. A field sent twice is refused (plugin.ts). */
const field = z.string().max(1000)
const optional = field.optional()
/** An empty field counts as absent. */
const filled = optional.transform((text) => text || undefined)
const required = field.default('')

// What pages accept. Addresses may have more parameters, such as those a mail program adds; forms may not.
export const signInAddress = z.object({ next: z.string().optional() })
export const signInForm = z.strictObject({
  email: required,
  password: required,
  code: filled,
  person: filled,
  next: z.string().optional(),
})
export const forgottenForm = z.strictObject({ email: required })
export const setPasswordAddress = z.object({ token: required })
export const setPasswordForm = z.strictObject({ token: required, password: required, code: filled })
export const passwordForm = z.strictObject({ current: required, next: required, code: filled })
export const endSessionForm = z.strictObject({ session: required, password: required, code: filled })
export const proofForm = z.strictObject({ password: required, code: filled })
export const confirmTotpForm = z.strictObject({ code: required, secret: required })
const nothing = field.transform((text) => text || null)
export const absenceForm = z.strictObject({
  from: day,
  until: nothing.pipe(day.nullable()).default(null),
  substitute: nothing.default(null),
})
const inOffice = { office: filled, role: filled, from: filled, until: filled }
/** The search that the page showed. */
const search = { q: required }
export const usersAddress = z.object({ ...search, contact: required })
export const newAccountForm = z.strictObject({ name: required, email: required, ...inOffice, ...search })
export const accountActionForm = z.strictObject({
  person: required,
  action: required,
  ...inOffice,
  ...search,
})
export const contactForm = z.strictObject({
  ...{ person: required, name: required, email: required, phone: required, quiet: required },
  ...search,
})
export const openMailForm = z.strictObject({ county: required })
export const emptyForm = z.strictObject({})
export const retryForm = z.strictObject({ county: filled })
export const pageAddress = z.object({ id: z.string().max(100) })
export const mailAddress = z.object({ view: optional })
export const inboxAddress = z.object({ before: filled })
