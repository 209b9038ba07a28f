import { Command } from 'commander'
import { type KeyPurpose, storedKeys } from '../../db/key-store.ts'
import { WrongMasterKey } from '../../db/keyring.ts'
import { rotateKeys, RotationRuns, type RotationStep } from '../../db/rotation.ts'
import { usesOf } from '../../db/rotation-store.ts'
import { beijingText } from '../../domain/days.ts'
import { CliError } from '../cli-error.ts'
import { readConfig } from '../config.ts'
import { type OwnerDatabase, withOwner } from '../owner-database.ts'
import { progressLine } from '../progress-line.ts'

type Options = { data?: string; json?: boolean }

const PURPOSES: Record<KeyPurpose, string> = { data: '数据密钥', index: '查找密钥' }
const STATES = { next: '即将启用', active: '使用中', retiring: '正在退出', retired: '已停用' } as const
/** From before there were data keys: derived from the master key. */
const FIRST = '(由主密钥派生)'

export function keysCommand(): Command {
  const keys = new Command('keys').description('加密密钥:查看、轮换')
  const common = (command: Command) =>
    command.option('--data <目录>', '服务的数据目录(默认 .duban)').option('--json', '结果输出为 JSON')
  common(keys.command('status').description('各把密钥的状态,和它们名下还有多少条数据')).action(
    (options: Options) => run(options, (owner) => status(owner, options)),
  )
  common(
    keys
      .command('rotate')
      .description('换一把新密钥,把全部数据改用它,然后销毁旧密钥;服务照常运行,中断后再执行一次即可接着做')
      .argument('<data|index>', 'data:个人信息的密钥;index:按号码查找用的密钥'),
  ).action((purpose: string, options: Options) => run(options, (owner) => rotate(owner, purpose, options)))
  return keys
}

async function run(options: Options, work: (owner: OwnerDatabase) => Promise<void>): Promise<void> {
  await withOwner(readConfig(process.env, { DUBAN_DATA: options.data }), work).catch((error: unknown) => {
    if (error instanceof WrongMasterKey || error instanceof RotationRuns) throw new CliError(error.message)
    throw error
  })
}

async function status({ pool }: OwnerDatabase, { json }: Options): Promise<void> {
  const stored = await storedKeys(pool)
  const uses = (await Promise.all((['data', 'index'] as const).map((p) => usesOf(pool, p)))).flat()
  const under = (id: string) => uses.filter((u) => u.keyId === id).reduce((sum, u) => sum + u.n, 0)
  const known = new Set(stored.map((k) => k.id))
  const first = uses.filter((u) => u.keyId === null || !known.has(u.keyId)).reduce((sum, u) => sum + u.n, 0)
  const keys = stored.map(({ id, purpose, state, createdWall, wrapped }) => ({
    ...{ id, purpose, state, createdWall: new Date(createdWall).toISOString() },
    ...{ destroyed: wrapped.length === 0, values: under(id) },
  }))
  if (json) return console.log(JSON.stringify({ keys, derived: { values: first } }))
  for (const k of keys) {
    const state = k.destroyed ? '已销毁' : STATES[k.state]
    const made = beijingText(Date.parse(k.createdWall))
    console.log(`${PURPOSES[k.purpose]} ${k.id} ${state} 建于 ${made} ${k.values} 条`)
  }
  if (first > 0) console.log(`${FIRST} ${first} 条;轮换一次即改用数据库中的密钥`)
}

async function rotate({ pool, masterKey }: OwnerDatabase, purpose: string, { json }: Options): Promise<void> {
  if (purpose !== 'data' && purpose !== 'index') throw new CliError('写成 duban keys rotate data 或 index。')
  const line = progressLine(json ? null : process.stderr)
  const done = await rotateKeys({ pool, masterKey, purpose, onProgress: (step) => line.say(sentence(step)) })
  line.end()
  if (json) return console.log(JSON.stringify(done))
  console.log(`${PURPOSES[purpose]}已换为 ${done.active},${done.values} 条数据已改用它。`)
  for (const id of done.destroyed) console.log(`旧密钥 ${id} 已销毁。`)
  if (purpose === 'data') console.log('备份里的旧数据和旧密钥仍能用主密钥打开:过期的备份请按制度删除。')
}

function sentence(step: RotationStep): string {
  if (step.step === 'resume') return '接着上次没有做完的轮换'
  if (step.step === 'announce') return '新密钥已就绪,等待各个进程取得它'
  if (step.step === 'adopt') return '新密钥已启用,等待各个进程换用它'
  if (step.step === 'sweep') return `${step.table} ${step.done}/${step.total}`
  return `等待 ${step.transactions} 个进行中的事务结束`
}
