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
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea, id, instant, xid8 } from './columns.ts'
import { obligations } from './obligations.ts'
import { offices, people } from './offices.ts'

// Sign-ins, leases and throttles run on wall time: `*_wall`. No secret stands here in the clear: hashes, or sealed.

/** How a person proves to be who they say: argon2id, and a second factor if they have one. */
export const credentials = pgTable('credentials', {
  person: text('person')
    .primaryKey()
    .references(() => people.id),
  passwordHash: text('password_hash'),
  totpSealed: bytea('totp_sealed'),
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
    via: text('via').notNull(),
    address: text('address'),
    agent: text('agent'),
    createdWall: instant('created_wall').notNull(),
    seenWall: instant('seen_wall').notNull(),
    expiresWall: instant('expires_wall').notNull(),
    secondFactorWall: instant('second_factor_wall'),
  },
  (t) => [
    check('session_via', sql`${t.via} in ('password','demo','link')`),
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
    purpose: text('purpose').notNull(),
    createdWall: instant('created_wall').notNull(),
    expiresWall: instant('expires_wall').notNull(),
    usedWall: instant('used_wall'),
  },
  (t) => [check('link_purpose', sql`${t.purpose} in ('first-password','reset')`)],
)

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

/** Keys that seal household data and make blind indexes, each wrapped by the master key, which is not here. */
export const dataKeys = pgTable(
  'data_keys',
  {
    id: id(),
    purpose: text('purpose').notNull(),
    wrapped: bytea('wrapped').notNull(),
    state: text('state').notNull(),
    createdWall: instant('created_wall').notNull(),
    /** Transactions older than this may still write under the key before. */
    activatedTx: xid8('activated_tx'),
  },
  (t) => [
    check('data_key_purpose', sql`${t.purpose} in ('data','index','content','trail')`),
    check('data_key_state', sql`${t.state} in ('next','active','retiring','retired')`),
    // Everybody seals under the same key.
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
    sealedReason: bytea('sealed_reason').notNull(),
    keyId: text('key_id').notNull(),
    atWall: instant('at_wall').notNull(),
  },
  (t) => [index('reveals_by_person').on(t.person, t.atWall)],
)

/** The trail: who did or was refused what, from where. Append-only; sealed in chained blocks (R9). */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    tx: xid8('tx')
      .notNull()
      .default(sql`pg_current_xact_id()`),
    atWall: instant('at_wall').notNull(),
    county: text('county'),
    actor: text('actor').notNull(),
    behalf: text('behalf'),
    address: text('address'),
    action: text('action').notNull(),
    subject: text('subject'),
    outcome: text('outcome').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    requestId: text('request_id'),
  },
  (t) => [
    check('audit_outcome', sql`${t.outcome} in ('done','refused')`),
    // The trail of one thing, and of one person.
    index('audit_events_by_subject').on(t.subject, t.id),
    index('audit_events_by_actor').on(t.actor, t.id),
  ],
)

/** A seal 封存 over consecutive events of one stream, chained to the seal before. `entries`: id and keyed hash of each. */
export const auditBlocks = pgTable(
  'audit_blocks',
  {
    stream: text('stream').notNull(),
    number: bigint('number', { mode: 'number' }).notNull(),
    firstId: bigint('first_id', { mode: 'number' }).notNull(),
    lastId: bigint('last_id', { mode: 'number' }).notNull(),
    count: integer('count').notNull(),
    entries: bytea('entries').notNull(),
    previous: bytea('previous').notNull(),
    mac: bytea('mac').notNull(),
    sealedWall: instant('sealed_wall').notNull(),
  },
  (t) => [primaryKey({ columns: [t.stream, t.number] })],
)

/** Where a stream begins after whole blocks were pruned. */
export const auditCheckpoints = pgTable('audit_checkpoints', {
  stream: text('stream').primaryKey(),
  number: bigint('number', { mode: 'number' }).notNull(),
  throughId: bigint('through_id', { mode: 'number' }).notNull(),
  mac: bytea('mac').notNull(),
  seal: bytea('seal').notNull(),
  prunedWall: instant('pruned_wall').notNull(),
})

/** Heads of the chain as they were published: what lies below one cannot be cut off unnoticed. */
export const auditHeads = pgTable(
  'audit_heads',
  {
    stream: text('stream').notNull(),
    number: bigint('number', { mode: 'number' }).notNull(),
    mac: bytea('mac').notNull(),
    publishedWall: instant('published_wall').notNull(),
    toAddress: text('to_address'),
  },
  (t) => [primaryKey({ columns: [t.stream, t.number] })],
)
