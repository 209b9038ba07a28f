import type { z } from 'zod'
import type { rememberedMapping } from '../../contract/api/import-mappings.ts'
import { importDocuments as documents } from '../../contract/routes/imports.ts'
import { countiesWhere } from '../../domain/people/permissions.ts'
import { type Meanings, meaningsOf } from '../../ledgers/word-meanings.ts'
import type { Sql } from '../../db/pool.ts'
import {
  countyOfRemembered,
  forgetRemembered,
  type ListedMapping,
  listedMappings,
  type RememberedWord,
  rememberedWords,
} from '../../services/imports/remembered.ts'
import { townsOf } from '../../services/people/offices.ts'
import { notFound } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Routes } from '../http/route-types.ts'
import { iso, isoOrNull } from '../obligations/present.ts'
import { actorOf, asOfOf, mustReach } from '../plugins/actor.ts'

type Body = z.infer<typeof rememberedMapping>

/** What a county has said of the columns and words of its files. */
export function importMappingRoutes(app: Routes): void {
  route(app, documents.listImportMappings, async (request) => {
    const items: Body[] = []
    for (const county of countiesWhere(actorOf(request), 'imports:manage'))
      items.push(...(await rememberedIn(request.db, county)))
    return { items, nextCursor: null }
  })

  route(app, documents.forgetImportMapping, async (request, reply) => {
    const { id } = request.params
    await request.db.transaction(async (tx, note) => {
      const county = await countyOfRemembered(tx, id)
      if (county === undefined) throw notFound('记住的对应')
      note.county = county
      mustReach(request, 'imports:manage', county)
      await forgetRemembered(tx, id, asOfOf(request).now)
    })
    return reply.code(204).send(null)
  })
}

async function rememberedIn(sql: Sql, county: string): Promise<Body[]> {
  const towns = await townsOf(sql, county)
  const words = await rememberedWords(sql, county)
  return [
    ...(await listedMappings(sql, county)).map(mappingBody),
    ...words.map((word) => wordBody(word, meaningsOf(word.field, towns))),
  ]
}

function mappingBody({ id, county, columns, sheet, file, ...mapping }: ListedMapping): Body {
  return {
    ...{
      id,
      county,
      columns: sheet === null ? columns : null,
      sheet,
      word: null,
      file,
      createdBy: mapping.createdBy,
      uses: mapping.uses,
    },
    ...{ createdAt: iso(mapping.createdAt), lastUsedAt: isoOrNull(mapping.lastUsedAt) },
  }
}

function wordBody({ id, county, field, word, meaning, ...said }: RememberedWord, meanings: Meanings): Body {
  return {
    ...{
      id,
      county,
      columns: null,
      sheet: null,
      file: null,
      createdBy: said.createdBy,
      createdAt: iso(said.createdAt),
    },
    word: { field, word, meaning, label: meanings.get(meaning) ?? null },
    ...{ uses: null, lastUsedAt: null },
  }
}
