import { idParams, pageOf, problems, secured } from '../api/common.ts'
import { household, revealRequest } from '../api/reveals.ts'
import {
  changedEntry,
  entriesCarried,
  entry,
  entryFile,
  entryFileQuery,
  entryParams,
  entryQuery,
  entryRemoved,
  matrix,
  matrixQuery,
  newEntry,
} from '../api/screenings.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['比对和排查']
const acts = { permission: 'obligations:act' } as const
const reads = { permission: 'obligations:read' } as const

export const screeningDocuments = {
  getScreeningMatrix: {
    method: 'GET',
    url: '/screenings/matrix',
    config: reads,
    schema: {
      tags,
      operationId: 'getScreeningMatrix',
      summary: '五个全面排查:各镇各项的状态和覆盖面',
      ...secured,
      querystring: matrixQuery,
      response: { 200: matrix, ...problems },
    },
  },
  listScreeningEntries: {
    method: 'GET',
    url: '/screenings/:id/entries',
    config: reads,
    schema: {
      tags,
      operationId: 'listScreeningEntries',
      summary: '一项排查的逐户记录,已遮盖',
      ...secured,
      params: idParams,
      querystring: entryQuery,
      response: { 200: pageOf(entry), ...problems },
    },
  },
  addScreeningEntry: {
    method: 'POST',
    url: '/screenings/:id/entries',
    config: acts,
    schema: {
      tags,
      operationId: 'addScreeningEntry',
      summary: '记录一户',
      description: '提交以前都可以增改;同一身份证号在一项排查里只记一次。',
      ...secured,
      params: idParams,
      body: newEntry,
      response: { 201: entry, ...problems },
    },
  },
  carryOverFromRoster: {
    method: 'POST',
    url: '/screenings/:id/entries/from-roster',
    config: acts,
    schema: {
      tags,
      operationId: 'carryOverFromRoster',
      summary: '从名册带入应到户的户',
      description:
        '名册上没有纳入保障、这项排查应到户的,逐户记为还没有走访;已有记录的不动。再来一次不会重复。',
      ...secured,
      params: idParams,
      response: { 200: entriesCarried, ...problems },
    },
  },
  importScreeningEntries: {
    method: 'POST',
    url: '/screenings/:id/entries/import',
    // The answer tells what stands in the file.
    config: { ...acts, sensitive: true },
    schema: {
      tags,
      operationId: 'importScreeningEntries',
      summary: '从文件登记逐户记录',
      description:
        '以 multipart 上传逐户记录(字段名 file,不超过 20 MB、20000 行;Excel 或 CSV)。先不写 dryRun 检查一遍。已有记录的户按身份证号更新,一边没有号码的按村和姓名(只有一户相符时);文件里没有的列、没有填走访的行,保留原来的记录。',
      ...secured,
      consumes: ['multipart/form-data'],
      params: idParams,
      querystring: entryFileQuery,
      response: { 200: entryFile, ...problems },
    },
  },
  changeScreeningEntry: {
    method: 'PUT',
    url: '/screenings/:id/entries/:entry',
    config: acts,
    schema: {
      tags,
      operationId: 'changeScreeningEntry',
      summary: '修改一户的记录',
      description:
        '带上 If-Match(记录的 version 加引号,例如 "2"),别人刚改过就不会覆盖,回答 412。走访的三项一起写,不写就是还没有走访。',
      ...secured,
      params: entryParams,
      body: changedEntry,
      response: { 200: entry, ...problems },
    },
  },
  removeScreeningEntry: {
    method: 'DELETE',
    url: '/screenings/:id/entries/:entry',
    config: acts,
    schema: {
      tags,
      operationId: 'removeScreeningEntry',
      summary: '去掉一户的记录',
      description: '带上 If-Match,别人刚改过的就不去掉,回答 412。',
      ...secured,
      params: entryParams,
      response: { 200: entryRemoved, ...problems },
    },
  },
  revealScreeningEntry: {
    method: 'POST',
    url: '/screenings/:id/entries/:entry/reveal',
    config: { permission: 'households:reveal', sensitive: true },
    schema: {
      tags,
      operationId: 'revealScreeningEntry',
      summary: '查看排查记录中一户的完整信息',
      description: '须说明理由;与查看其他户一样计数并记入审计。',
      ...secured,
      params: entryParams,
      body: revealRequest,
      response: { 200: household, ...problems },
    },
  },
} satisfies RouteDocuments
