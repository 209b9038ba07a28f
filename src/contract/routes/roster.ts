import { allOf, idParams, problems, secured } from '../api/common.ts'
import {
  changedRosterEntry,
  newRosterEntry,
  rosterEntry,
  rosterFile,
  rosterFileQuery,
  rosterImport,
  rosterPage,
  rosterQuery,
  rosterRemoved,
  rosterUndone,
  rosterVillage,
  villagesQuery,
} from '../api/roster.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['名册']
const reads = { permission: 'obligations:read' } as const
const registers = { permission: 'obligations:register' } as const
const manages = { permission: 'imports:manage' } as const

export const rosterDocuments = {
  listRoster: {
    method: 'GET',
    url: '/roster',
    config: reads,
    schema: {
      tags,
      operationId: 'listRoster',
      summary: '四类重点人群名册,已遮盖',
      description:
        '每户的保障情况,和今年的工作到户了没有(按读的人看得到的事项判断,镇和县可能不同,以县为准);counts 按镇和类别计数。',
      ...secured,
      querystring: rosterQuery,
      response: { 200: rosterPage, ...problems },
    },
  },
  listRosterVillages: {
    method: 'GET',
    url: '/roster/villages',
    config: reads,
    schema: {
      tags,
      operationId: 'listRosterVillages',
      summary: '名册按村的进度',
      description:
        '镇村核查要全部到户:每个村有几户、到户了几户,还有没到户的在前。最多两万户,更多的请按镇查看。',
      ...secured,
      querystring: villagesQuery,
      response: { 200: allOf(rosterVillage), ...problems },
    },
  },
  addToRoster: {
    method: 'POST',
    url: '/roster',
    config: registers,
    schema: {
      tags,
      operationId: 'addToRoster',
      summary: '登记一户到名册',
      description: '同一身份证号在一个县的名册上只登记一次。',
      ...secured,
      body: newRosterEntry,
      response: { 201: rosterEntry, ...problems },
    },
  },
  getRosterHousehold: {
    method: 'GET',
    url: '/roster/:id',
    config: reads,
    schema: {
      tags,
      operationId: 'getRosterHousehold',
      summary: '名册上的一户,已遮盖',
      description: '修改前、或被别人先改了(412)之后,读取现在的内容和 version。',
      ...secured,
      params: idParams,
      response: { 200: rosterEntry, ...problems },
    },
  },
  changeOnRoster: {
    method: 'PUT',
    url: '/roster/:id',
    config: registers,
    schema: {
      tags,
      operationId: 'changeOnRoster',
      summary: '修改名册上的一户',
      description: '带上 If-Match(version 加引号,例如 "2"),别人刚改过就不会覆盖,回答 412。',
      ...secured,
      params: idParams,
      body: changedRosterEntry,
      response: { 200: rosterEntry, ...problems },
    },
  },
  removeFromRoster: {
    method: 'DELETE',
    url: '/roster/:id',
    config: registers,
    schema: {
      tags,
      operationId: 'removeFromRoster',
      summary: '从名册上去掉一户',
      description: '已带入的排查记录和已抽的样本保留。带上 If-Match,别人刚改过的就不去掉,回答 412。',
      ...secured,
      params: idParams,
      response: { 200: rosterRemoved, ...problems },
    },
  },
  importRoster: {
    method: 'POST',
    url: '/roster/import',
    // The answer tells what stands in the file.
    config: { ...manages, sensitive: true },
    schema: {
      tags,
      operationId: 'importRoster',
      summary: '从文件登记名册',
      description:
        '以 multipart 上传名册(字段名 file,不超过 20 MB、20000 行;Excel 或 CSV)。先不写 dryRun 检查一遍。列名认不出的,在表单的 columns 字段里用 JSON 说明,例如 {"户主":"name"}。名册上已有的户按身份证号更新,一边没有号码的按镇、村和姓名(只有一户相符时);文件里没有的户不动,没有的列不改。',
      ...secured,
      consumes: ['multipart/form-data'],
      querystring: rosterFileQuery,
      response: { 200: rosterFile, ...problems },
    },
  },
  listRosterImports: {
    method: 'GET',
    url: '/roster/imports',
    config: { permission: 'imports:read' },
    schema: {
      tags,
      operationId: 'listRosterImports',
      summary: '登记过的名册文件',
      description: '最近的在前。只给看全县的人。',
      ...secured,
      response: { 200: allOf(rosterImport), ...problems },
    },
  },
  undoRosterImport: {
    method: 'POST',
    url: '/roster/imports/:id/undo',
    config: manages,
    schema: {
      tags,
      operationId: 'undoRosterImport',
      summary: '撤回一个名册文件',
      description: '它带来的户去掉,它改过的户恢复原样;后来有人改过、已带入排查或已抽查的保留。',
      ...secured,
      params: idParams,
      response: { 200: rosterUndone, ...problems },
    },
  },
} satisfies RouteDocuments
