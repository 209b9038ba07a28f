import { Command } from 'commander'
import { storedKeys, type StoredPurpose } from '../../services/vault/key-store.ts'
import { WrongMasterKey } from '../../services/vault/master-key.ts'
import { DerivedKeysInUse, rotateMasterKey } from '../../services/key-rotation/master-key.ts'
import { countNamingEvents, encryptPlainTexts } from '../../services/key-rotation/encrypt-plain.ts'
import { rotateKeys, type RotationStep } from '../../services/key-rotation/data-keys.ts'
import { RotationRuns } from '../../services/key-rotation/lock.ts'
import { usesOf } from '../../services/key-rotation/store.ts'
import { DecryptionFailed } from '../../services/vault/encryption.ts'
import { beijingText } from '../../domain/time/days.ts'
import { commandLine } from '../cli/called-as.ts'
import { CliError } from '../cli/cli-error.ts'
import type { Config } from '../config/config-schema.ts'
import { readConfig } from '../config/config.ts'
import { successionOf } from '../start/master-key.ts'
import { type OwnerDatabase, withOwner } from '../cli/owner-database.ts'
import { progressLine } from '../cli/progress-line.ts'

type Options = { data?: string; json?: boolean }

const PURPOSES: Record<StoredPurpose, string> = {
  data: '数据密钥',
  index: '查找密钥',
  content: '内容比对密钥',
  trail: '封存密钥',
}
const STATES = { next: '即将启用', active: '使用中', retiring: '正在退出', retired: '已停用' } as const
/** From before there were data keys: derived from the master key. */
const FIRST = '(由主密钥派生)'

const MASTER_STEPS = `
换主密钥(${commandLine('encryption rotate master')})

主密钥写在配置里(DUBAN_MASTER_KEY)时:
  1. 生成新的一把:openssl rand -hex 32
  2. 配置里把原来的一把改写为 DUBAN_MASTER_KEY_OLD,新的一把写为 DUBAN_MASTER_KEY
  3. 用这两项重新启动每一个服务进程
  4. 执行 ${commandLine('encryption rotate master')}(同样的两项)
  5. 从配置里删去 DUBAN_MASTER_KEY_OLD
主密钥由服务自己生成、存在数据目录(master-key)时:
  1. 执行 ${commandLine('encryption rotate master')}(带上同样的 --data);服务自己换用,不用重启

之后:
  - 中断了就再执行一次;${commandLine('audit verify')} 照常核对更换前后的记录
  - 因可能泄露而更换的,接着执行 ${commandLine('encryption rotate data')} 和 ${commandLine('encryption rotate index')}
  - 以前的备份只能用原来的一把打开:备份留多久就把它另行保管多久,不再需要时一并销毁
`

export function encryptionCommand(): Command {
  const keys = new Command('encryption').description('加密密钥:查看、轮换')
  const common = (command: Command) =>
    command.option('--data <目录>', '服务的数据目录(默认 .duban)').option('--json', '结果输出为 JSON')
  common(keys.command('status').description('各把密钥的状态,和它们名下还有多少条数据')).action(
    (options: Options) => run(options, (owner) => keyStatus(owner, options)),
  )
  common(
    keys
      .command('rotate')
      .description(
        '换一把新密钥,把全部数据改用它,然后销毁旧密钥;服务照常运行,中断后再执行一次即可接着做。换主密钥的步骤见下面',
      )
      .addHelpText('after', MASTER_STEPS)
      .argument(
        '<data|index|master>',
        'data:个人信息的密钥;index:按号码查找用的密钥;master:封装其他密钥的主密钥',
      ),
  ).action((purpose: string, options: Options) =>
    run(options, (owner, config) => rotate(owner, config, purpose, options)),
  )
  common(
    keys
      .command('texts')
      .description('早先版本明文存放的办理人姓名等文字,就地加密;服务照常运行,中断后再执行一次即可接着做'),
  ).action((options: Options) => run(options, (owner) => encryptTexts(owner, options)))
  return keys
}

async function encryptTexts({ pool, masterKey }: OwnerDatabase, { json }: Options): Promise<void> {
  const line = progressLine(json ? null : process.stderr)
  const onProgress = (done: number, total: number) => line.say(`已加密 ${done}/${total} 件的文字`)
  const encrypted = await encryptPlainTexts({ pool, masterKey, onProgress })
  line.end()
  const naming = await countNamingEvents(pool)
  if (json) return console.log(JSON.stringify({ encrypted, inHistory: naming }))
  console.log(
    encrypted === 0
      ? '没有明文存放的办理人姓名,没有再做什么。'
      : `${encrypted} 件的办理人姓名等文字已加密。以前的备份里还是明文:过期的备份请按制度删除。`,
  )
  if (naming > 0)
    console.log(
      `办理经过里还有 ${naming} 步明文写着姓名:这些记录已经封存,不能改写,只给有权查看办理说明的人看。数据库和备份请照旧限制访问。`,
    )
}

type Work = (owner: OwnerDatabase, config: Config) => Promise<void>

async function run(options: Options, work: Work): Promise<void> {
  const config = readConfig(process.env, { DUBAN_DATA: options.data })
  await withOwner(config, (owner) => work(owner, config)).catch((error: unknown) => {
    if (error instanceof WrongMasterKey || error instanceof RotationRuns) throw new CliError(error.message)
    if (error instanceof DecryptionFailed)
      throw new CliError(
        `${error.where} 的密文被人改动过,或是从别处搬来的。先查清(${commandLine('audit verify')}),从备份恢复这一条,再轮换。`,
      )
    if (error instanceof DerivedKeysInUse)
      throw new CliError(
        `还有数据直接用着由主密钥派生的密钥。请先执行 ${error.purposes.map((p) => commandLine(`encryption rotate ${p}`)).join('、')},再更换主密钥。`,
      )
    throw error
  })
}

async function keyStatus({ pool }: OwnerDatabase, { json }: Options): Promise<void> {
  const stored = await storedKeys(pool)
  const uses = (await Promise.all((['data', 'index'] as const).map((p) => usesOf(pool, p)))).flat()
  const under = (id: string) => uses.filter((u) => u.keyId === id).reduce((sum, u) => sum + u.n, 0)
  const known = new Set(stored.map((k) => k.id))
  const first = uses.filter((u) => u.keyId === null || !known.has(u.keyId)).reduce((sum, u) => sum + u.n, 0)
  const keys = stored.map(({ id, purpose, state, createdWall, wrapped }) => ({
    ...{ id, purpose, state, createdWall: new Date(createdWall).toISOString() },
    // The other two purposes encrypt no single values.
    ...{
      destroyed: wrapped.length === 0,
      values: purpose === 'data' || purpose === 'index' ? under(id) : null,
    },
  }))
  if (json) return console.log(JSON.stringify({ keys, derived: { values: first } }))
  for (const k of keys) {
    const state = k.destroyed ? '已销毁' : STATES[k.state]
    const made = beijingText(Date.parse(k.createdWall))
    const values = k.values === null ? '' : ` ${k.values} 条`
    console.log(`${PURPOSES[k.purpose]} ${k.id} ${state} 建于 ${made}${values}`)
  }
  if (first > 0) console.log(`${FIRST} ${first} 条;轮换一次即改用数据库中的密钥`)
}

async function rotate(
  owner: OwnerDatabase,
  config: Config,
  purpose: string,
  options: Options,
): Promise<void> {
  if (purpose === 'master') return rotateMaster(owner, config, options)
  const { pool, masterKey } = owner
  const { json } = options
  if (purpose !== 'data' && purpose !== 'index')
    throw new CliError(`写成 ${commandLine('encryption rotate data')}、index 或 master。`)
  const line = progressLine(json ? null : process.stderr)
  const done = await rotateKeys({
    pool,
    masterKey,
    purpose,
    onProgress: (step) => line.say(stepSentence(step)),
  })
  line.end()
  if (json) return console.log(JSON.stringify(done))
  console.log(`${PURPOSES[purpose]}已换为 ${done.active},${done.values} 条数据已改用它。`)
  for (const id of done.destroyed) console.log(`旧密钥 ${id} 已销毁。`)
  if (purpose === 'data') console.log('备份里的旧数据和旧密钥仍能用主密钥打开:过期的备份请按制度删除。')
}

async function rotateMaster({ pool }: OwnerDatabase, config: Config, { json }: Options): Promise<void> {
  const { settle, ...keys } = successionOf(config)
  const line = progressLine(json ? null : process.stderr)
  line.say('用新的主密钥重新封装各把密钥')
  const done = await rotateMasterKey({ pool, ...keys }).finally(() => line.end())
  settle()
  if (json) return console.log(JSON.stringify(done))
  console.log(
    done.keys > 0
      ? `主密钥已更换(新的编号 ${done.master}),${done.keys} 把密钥已改用它封装。`
      : `密钥早已用这把主密钥(编号 ${done.master})封装,没有再做什么。`,
  )
  if (config.DUBAN_MASTER_KEY)
    console.log('请从配置中删去 DUBAN_MASTER_KEY_OLD。还没有用新主密钥重新启动的进程,请现在重新启动。')
  console.log(
    `以前的备份仍要用原来的主密钥打开:备份在,就要另行妥善保管它。若是因为它可能泄露才更换,请接着执行 ${commandLine('encryption rotate data')} 和 index。`,
  )
}

function stepSentence(step: RotationStep): string {
  if (step.step === 'resume') return '接着上次没有做完的轮换'
  if (step.step === 'announce') return '新密钥已就绪,等待各个进程取得它'
  if (step.step === 'adopt') return '新密钥已启用,等待各个进程换用它'
  if (step.step === 'sweep') return `${step.table} ${step.done}/${step.total}`
  return `等待 ${step.transactions} 个进行中的事务结束`
}
