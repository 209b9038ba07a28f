import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { PACK_HOUSEHOLD_LABELS, type PackRequest } from '../../contract/api/packs.ts'
import { packDocuments as documents } from '../../contract/routes/packs.ts'
import type { Actor } from '../../domain/people/permissions.ts'
import { beijingText, dayOf } from '../../domain/time/days.ts'
import { tableWorkbook } from '../../ledgers/table-workbook.ts'
import { type ArchivedFile, zipStream } from '../../ledgers/zip-stream.ts'
import { type Campaign, campaignById } from '../../services/campaigns/store.ts'
import { countKinds } from '../../services/statistics/count-kinds.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiError, notFound } from '../http/errors.ts'
import { type HandlerOf, route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { asDownload } from '../http/send-tables.ts'
import { WITHHELD } from '../ledgers/ledger-rows.ts'
import { askedOf, obligationReader, scopeOf } from '../obligations/read.ts'
import { actorOf, asOfOf, notTheirs } from '../plugins/actor.ts'
import { mustKnow } from '../plugins/known-filters.ts'
import { revealAll } from './clear-households.ts'
import { coverOf, type CoverFacts, type Packed, packed } from './cover.ts'
import type { PackFile } from './pack-file.ts'
import { onePackEach } from './one-pack-each.ts'
import { filesIn, type PackDeps, packFiles, type PackPlan } from './pack-files.ts'

/** The inspection pack 迎检资料包: all that an inspection asks for, as one file (R14). */
export function packRoutes(app: Routes, deps: ApiDeps): void {
  route(app, documents.makeInspectionPack, handleMakePack(deps))
}

function handleMakePack(deps: ApiDeps): HandlerOf<typeof documents.makeInspectionPack> {
  const reader = obligationReader(deps.keys)
  const turns = onePackEach()
  return async (request, reply) => {
    const actor = actorOf(request)
    if (!actor.permissions.has('obligations:read')) throw notTheirs()
    const campaign = await campaignById(request.db, request.params.id)
    if (!campaign) throw notFound('行动')
    await mustKnow(request, request.body, '/body')
    mustSee(actor, request.body)
    const { names } = await reader.known(request)
    const end = turns.begin(actor.id)
    const plan = await planOf(request, deps, campaign).catch((error: unknown) => {
      end()
      throw error
    })
    const wallNow = new Date(deps.wallNow())
    const facts = {
      ...{ title: `${campaign.title} 迎检资料包`, asOf: beijingText(asOfOf(request).now) },
      ...{ madeAt: beijingText(wallNow.getTime()), madeBy: actor.name },
      scope: scopeWords(request, campaign, (code) => names.office(code)),
      households: householdWords(request.body, plan, actor.personal),
      words: PACK_WORDS[plan.isClear ? 'clear' : 'masked'],
    }
    const files = archived({ request, reader, keys: deps.keys, pool: deps.pool }, plan, facts)
    const { office } = request.body
    const of = office === undefined ? '' : `${names.office(office)}-`
    const name = `迎检资料包-${campaign.year}-${of}${dayOf(asOfOf(request).now)}.zip`
    const archive = zipStream(files, wallNow).once('close', end)
    return asDownload(reply, { name, plain: 'inspection-pack.zip' })
      .header('duban-files', String(filesIn(plan, actor.personal)))
      .type('application/zip')
      .send(archive)
  }
}

/** An empty pack of a neighbour would look as if there were nothing to inspect. @throws ApiError 403 */
function mustSee({ scope }: Actor, { office }: PackRequest): void {
  if (office === undefined || scope.offices.includes(office)) return
  const pointer = '/body/office'
  const message = '不在您能看到的单位之内'
  throw new ApiError(403, 'forbidden', '这个单位不在您能看到的单位之内,不能制作它的资料包。', [
    { pointer, message },
  ])
}

/** Counts what the pack will have and writes it into the trail, with every look at a household. @throws ApiError 403 or 429 */
async function planOf(
  request: FastifyRequest<{ Body: PackRequest }>,
  deps: ApiDeps,
  { id: campaign, county }: Campaign,
): Promise<PackPlan> {
  const actor = actorOf(request)
  const { office, households, reason = '' } = request.body
  const search = { campaign, office }
  return request.db.transaction(async (tx, note) => {
    Object.assign(note, { action: 'campaign.pack', subject: campaign, county })
    const counts = await countKinds(tx, askedOf(actor, search), scopeOf(actor), asOfOf(request).now)
    const clear =
      households === 'clear'
        ? await revealAll(tx, request, deps, { search, county, reason })
        : new Set<string>()
    // The reason is kept with the looks at households: where there is none, nothing is in the clear.
    const isClear = clear.size > 0
    const items = counts.reduce((sum, one) => sum + one.items, 0)
    note.detail = { households, items, revealed: clear.size, ...(office !== undefined && { office }) }
    return { campaign, office, counts, isClear, clear }
  })
}

/** Each file as it is made, and the cover once all of them are known. */
async function* archived(deps: PackDeps, plan: PackPlan, facts: CoverFacts): AsyncGenerator<ArchivedFile> {
  const done: Packed[] = []
  for await (const file of packFiles(deps, plan)) {
    const { name, bytes } = await written(file)
    done.push(packed(file, name, bytes.length, createHash('sha256').update(bytes).digest('hex')))
    yield { name, bytes }
  }
  yield written(coverOf(facts, done))
}

async function written({ name, tables }: PackFile): Promise<ArchivedFile> {
  return { name: `${name}.xlsx`, bytes: await tableWorkbook(tables) }
}

function scopeWords(
  request: FastifyRequest<{ Body: PackRequest }>,
  { county }: Campaign,
  nameOf: (office: string) => string,
): string {
  const { office } = request.body
  if (office !== undefined) return `${nameOf(office)}和它的下级`
  const { offices } = actorOf(request).scope
  if (offices.includes(county)) return '全县'
  return `制作人看得到的单位:${offices.map(nameOf).join('、')}`
}

/** What a cover says of what people wrote themselves. */
const PACK_WORDS: Readonly<Record<PackRequest['households'], string>> = {
  masked: `自由填写的内容(问题、整改措施、退出决定人,不在人员名录中的责任人)可能写到户,写过的都记作“${WITHHELD}”;放行理由和事项名称照录`,
  clear: `自由填写的内容在制作人可以查看户信息的单位照录(有户的事项,只照录户信息完整列出的),其余记作“${WITHHELD}”;放行理由和事项名称照录`,
}

function householdWords({ households }: PackRequest, { clear }: PackPlan, personal: boolean): string {
  if (!personal) return '没有'
  if (households === 'masked') return PACK_HOUSEHOLD_LABELS.masked
  if (clear.size === 0) return '没有可以查看的户,都已遮盖'
  return `${PACK_HOUSEHOLD_LABELS.clear},共 ${clear.size} 件背后的户;每户算查看一次,理由记录在案`
}
