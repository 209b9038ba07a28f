import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea, id, instant, xid8 } from './columns.ts'
import { obligations } from './obligations.ts'
import { offices, people } from './offices.ts'

// Sign-ins, leases and throttles run on wall time: `*_wall`. No secret stands here in the clear: hashes, or encrypted.

/** How a person proves to be who they say: argon2id, and a second factor if they have one. */
export const credentials = pgTable('credentials', {
  person: text('person')
    .primaryKey()
    .references(() => people.id),
  passwordHash: text('password_hash'),
  totpEncrypted: bytea('totp_encrypted'),
  totpKeyId: text('totp_key_id'),
  totpConfirmedWall: instant('totp_confirmed_wall'),
  /** The last time step accepted: a code is used once. */
  totpLastStep: bigint('totp_last_step', { mode: 'number' }),
  /** Sessions are forgotten; when somebody last signed in is not. */
  signedInWall: instant('signed_in_wall'),
  changedWall: instant('changed_wall').notNull(),
})

/** One browser of one person, until it is idle too long, too old, or ended. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    tokenHash: bytea('token_hash').notNull().unique('sessions_token'),
    person: text('person')
      .notNull()
      .references(() => people.id),
    via: text('via').$type<'password' | 'demo' | 'link'>().notNull(),
    address: text('address'),
    agent: text('agent'),
    createdWall: instant('created_wall').notNull(),
    seenWall: instant('seen_wall').notNull(),
    expiresWall: instant('expires_wall').notNull(),
    secondFactorWall: instant('second_factor_wall'),
    /** Lasts for thirty days without a pause that ends it. */
    trusted: boolean('trusted').notNull().default(false),
  },
  (t) => [
    check('session_via', sql`${t.via} in ('password','demo','link')`),
    check('session_trusted_by_password', sql`not ${t.trusted} or ${t.via} = 'password'`),
    // One's own sessions, and all of them when a person is disabled.
    index('sessions_by_person').on(t.person),
  ],
)

/** First passwords and resets: single use, expiring. */
export const loginLinks = pgTable(
  'login_links',
  {
    tokenHash: bytea('token_hash').primaryKey(),
    person: text('person')
      .notNull()
      .references(() => people.id),
    purpose: text('purpose').$type<'first-password' | 'reset'>().notNull(),
    createdWall: instant('created_wall').notNull(),
    expiresWall: instant('expires_wall').notNull(),
    usedWall: instant('used_wall'),
  },
  (t) => [check('link_purpose', sql`${t.purpose} in ('first-password','reset')`)],
)

/** The secret address of somebody's calendar feed; one each. */
export const calendarFeeds = pgTable('calendar_feeds', {
  person: text('person')
    .primaryKey()
    .references(() => people.id),
  tokenHash: bytea('token_hash').notNull().unique('calendar_feeds_token'),
  createdWall: instant('created_wall').notNull(),
  usedWall: instant('used_wall'),
})

/** Failed attempts per account and per address; the key says which, hashed. */
export const throttles = pgTable('throttles', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  lastWall: instant('last_wall').notNull(),
  blockedUntilWall: instant('blocked_until_wall'),
})

/** A dashboard's key: hashed, scoped to an office's tree, expiring, revocable (R17). */
export const apiKeys = pgTable('api_keys', {
  id: id(),
  prefix: text('prefix').notNull(),
  secretHash: bytea('secret_hash').notNull().unique('api_keys_secret'),
  name: text('name').notNull(),
  office: text('office')
    .notNull()
    .references(() => offices.code),
  permissions: jsonb('permissions').$type<string[]>().notNull(),
  /** May see masked names of households. */
  personal: boolean('personal').notNull().default(false),
  createdBy: text('created_by').notNull(),
  createdWall: instant('created_wall').notNull(),
  expiresWall: instant('expires_wall'),
  lastUsedWall: instant('last_used_wall'),
  revokedWall: instant('revoked_wall'),
})

/** Keys that encrypt household data and make blind indexes, each wrapped by the master key, which is not here. */
export const dataKeys = pgTable(
  'data_keys',
  {
    id: id(),
    purpose: text('purpose').$type<'data' | 'index' | 'content' | 'trail'>().notNull(),
    /** Under the master key; empty once it is destroyed. */
    wrapped: bytea('wrapped').notNull(),
    /**
     * `next`: being announced to every process, encrypts nothing yet. `active`: encrypts. `retiring`: decrypts what is
     * not re-encrypted yet. `retired`: refused for new values, and destroyed once no value uses it.
     */
    state: text('state').$type<'next' | 'active' | 'retiring' | 'retired'>().notNull(),
    createdWall: instant('created_wall').notNull(),
    /** Transactions older than this may still write under the key before. */
    activatedTx: xid8('activated_tx'),
  },
  (t) => [
    check('data_key_purpose', sql`${t.purpose} in ('data','index','content','trail')`),
    check('data_key_state', sql`${t.state} in ('next','active','retiring','retired')`),
    // Everybody encrypts under the same key.
    uniqueIndex('data_keys_one_active')
      .on(t.purpose)
      .where(sql`state = 'active'`),
  ],
)

/** Who looked at a household's data in the clear, and why; counted against a daily limit. */
export const reveals = pgTable(
  'reveals',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    person: text('person').notNull(),
    obligation: text('obligation')
      .notNull()
      .references(() => obligations.id),
    encryptedReason: bytea('encrypted_reason').notNull(),
    keyId: text('key_id').notNull(),
    atWall: instant('at_wall').notNull(),
    /** False where a download shows again what the same person was shown within a day: it may have broken off. */
    counted: boolean('counted').notNull().default(true),
  },
  (t) => [index('reveals_by_person').on(t.person, t.atWall), index('reveals_by_obligation').on(t.obligation)],
)
