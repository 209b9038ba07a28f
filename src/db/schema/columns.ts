import { customType, text, timestamp } from 'drizzle-orm/pg-core'

/** An instant of business or wall time; the column's name says which. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

export const id = () => text('id').primaryKey()

/** AES-256-GCM output; see src/services/vault/encryption.ts. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** A transaction's number, as PostgreSQL writes it. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })
