import { join } from 'node:path'
import { Command } from 'commander'
import pino from 'pino'
import { sealKeys } from '../../services/audit/chain-key.ts'
import { addAuditEvent } from '../../services/audit/trail.ts'
import { pruneAudit, TooYoungToPrune, TrailNotWhole } from '../../services/audit/prune.ts'
import { verifyChain } from '../../services/audit/verify.ts'
import { headOf, publishedHeads } from '../../services/audit/heads.ts'
import type { MasterKey } from '../../services/vault/master-key.ts'
import { inTransaction, type Pool, type Sql } from '../../db/pool.ts'
import { STREAMS } from '../../services/audit/chain-rows.ts'
import { type Head, STREAM_LABELS } from '../../domain/audit/chain.ts'
import { findingSentence } from '../../domain/audit/finding-words.ts'
import { beijingText, dayOf, instantAt, isDay } from '../../domain/time/days.ts'
import { publishHeads } from '../../engine/head-publisher.ts'
import { readHeads } from '../../engine/heads-file.ts'
import { createTransport } from '../../mail/transport.ts'
import { CliError } from '../cli/cli-error.ts'
import type { Config } from '../config/config-schema.ts'
import { readConfig } from '../config/config.ts'
import { withOwner } from '../cli/owner-database.ts'

type Options = { data?: string; json?: boolean; head?: Head[]; before?: string }
type Trail = { pool: Pool; masterKey: MasterKey; headsFile: string; config: Config; options: Options }

/** The actor of commands on the trail: the database's owner, on the machine itself. */
const OWNER = 'owner'

export function auditCommand(): Command {
  const audit = new Command('audit').description('审计记录:核对、查看和公布封存、清理')
  const add = (name: string, about: string, act: (trail: Trail) => Promise<void>) =>
    audit
      .command(name)
      .description(about)
      .option('--data <目录>', '服务的数据目录(默认 .duban)')
      .option('--json', '结果输出为 JSON')
      .action((options: Options) => withTrail(options, act))
  add('verify', '核对全部封存:改动、删除、插入、调换、截去,都能查出;查出问题时退出码为 1', verify).option(
    '--head <序号:摘要>',
    '审计员手中的封存,写成 [audit:|history:]序号:摘要,可以给出多个',
    addHead,
  )
  add('head', '显示两条封存链的末尾', showHeads)
  add('publish', '立即公布封存:写入日志和数据目录,并发给审计员', publish)
  add('prune', '删除 180 天以前的审计记录(整块删除,事项经过不删)', prune).requiredOption(
    '--before <日期>',
    '删除这一天之前封存的',
  )
  return audit
}

async function withTrail(options: Options, act: (trail: Trail) => Promise<void>): Promise<void> {
  const config = readConfig(process.env, { DUBAN_DATA: options.data })
  const headsFile = join(config.DUBAN_DATA, 'audit-heads.log')
  await withOwner(config, (owner) => act({ ...owner, headsFile, config, options }))
}

/** @throws CliError when the text is no head */
function addHead(text: string, before: Head[] = []): Head[] {
  const [, stream = 'audit', number, mac] =
    /^(?:(audit|history):)?(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? []
  if (!number || !mac) throw new CliError(`--head 要写成 序号:摘要(64 位十六进制),收到 ${text}`)
  return [
    ...before,
    { stream: stream as Head['stream'], number: Number(number), mac: Buffer.from(mac, 'hex') },
  ]
}

/** All known heads: the auditor's, those in the file beside the database, those in the database. */
async function knownHeads(sql: Sql, { options, headsFile }: Trail): Promise<Head[]> {
  return [...(options.head ?? []), ...(await readHeads(headsFile)), ...(await publishedHeads(sql))]
}

async function verify(trail: Trail): Promise<void> {
  const findings = await inTransaction(trail.pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    const heads = await knownHeads(tx, trail)
    return verifyChain(tx, await sealKeys(tx, trail.masterKey), heads)
  })
  printResult(trail, findings, findings.length === 0 ? ['全部封存完好。'] : findings.map(findingSentence))
  if (findings.length > 0) process.exitCode = 1
}

async function showHeads(trail: Trail): Promise<void> {
  const keys = await sealKeys(trail.pool, trail.masterKey)
  const heads = await Promise.all(STREAMS.map((stream) => headOf(trail.pool, stream, keys)))
  const found = heads.filter((head) => head !== null)
  printResult(
    trail,
    found.map((h) => ({ ...h, mac: h.mac.toString('hex') })),
    found.length === 0 ? ['还没有可以采信的封存。'] : found.map((h) => headLine(h)),
  )
}

function headLine({ stream, number, mac, sealedWall }: Head & { sealedWall: number }): string {
  return `${STREAM_LABELS[stream]}:${stream}:${number}:${mac.toString('hex')}(封存于 ${beijingText(sealedWall)})`
}

async function publish(trail: Trail): Promise<void> {
  const { config, pool, masterKey, headsFile } = trail
  const transport = config.SMTP_URL ? createTransport(config.SMTP_URL) : null
  const letters = {
    from: { name: '督办', address: config.MAIL_FROM },
    replyTo: config.MAIL_REPLY_TO ?? config.MAIL_FROM,
    mailDomain: config.MAIL_FROM.split('@')[1] ?? 'duban.example',
    trial: false,
  }
  const log = pino({ level: config.LOG_LEVEL }, pino.destination(2))
  const at = Date.now()
  const to = { pool, masterKey, log, publish: { transport, letters, headsFile } }
  const { heads, mails } = await publishHeads(to, at, 'now')
  const fates = await Promise.all(mails.map((mail) => transport?.send(mail)))
  await transport?.close()
  if (heads.length > 0)
    await addAuditEvent(pool, {
      atWall: at,
      county: null,
      actor: OWNER,
      action: 'audit.publish',
      outcome: 'done',
    })
  const sent = fates.filter((fate) => fate?.kind === 'accepted').length
  const words = transport ? `已发给 ${sent} 位审计员,共 ${mails.length} 位。` : '没有设置 SMTP_URL,未发邮件。'
  printResult(
    trail,
    { heads: heads.map((h) => ({ ...h, mac: h.mac.toString('hex') })), sent },
    heads.length === 0 ? ['没有新的封存。'] : [...heads.map(headLine), words],
  )
}

async function prune(trail: Trail): Promise<void> {
  const day = trail.options.before ?? ''
  if (!isDay(day)) throw new CliError('--before 要写成 YYYY-MM-DD')
  const heads = await knownHeads(trail.pool, trail)
  const asked = { before: instantAt(day, '00:00'), wallNow: Date.now(), actor: OWNER, heads }
  const pruned = await pruneAudit(trail.pool, trail.masterKey, asked).catch((error: unknown) => {
    if (error instanceof TooYoungToPrune)
      throw new CliError(`审计记录至少保存 180 天:最晚可写 --before ${dayOf(error.latest)}。`)
    if (error instanceof TrailNotWhole)
      throw new CliError(`封存不完好,先查清再清理:\n${error.findings.map(findingSentence).join('\n')}`)
    throw error
  })
  const words = pruned
    ? `已删除 ${pruned.blocks} 块、${pruned.events} 条,到第 ${pruned.through} 块为止。`
    : '没有这么早的记录。'
  printResult(trail, pruned, [words])
}

function printResult({ options }: Trail, result: unknown, lines: string[]): void {
  console.log(options.json ? JSON.stringify(result) : lines.join('\n'))
}
