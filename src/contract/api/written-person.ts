import { z } from 'zod'

/** A household as somebody writes it down. */
export const writtenPerson = z.strictObject({
  name: z.string().trim().min(1).max(50),
  idNo: z.string().trim().max(18).default(''),
  phone: z.string().trim().max(30).default(''),
  village: z.string().trim().max(100).default(''),
  detail: z.string().trim().max(2000).default(''),
})
/** What is not said of it stays. */
export const changedPerson = z.strictObject({
  name: z.string().trim().min(1).max(50).optional(),
  idNo: z.string().trim().max(18).optional(),
  phone: z.string().trim().max(30).optional(),
  village: z.string().trim().max(100).optional(),
  detail: z.string().trim().max(2000).optional(),
})
