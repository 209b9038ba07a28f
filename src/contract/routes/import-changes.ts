import { z } from 'zod'
import { idParams, pageQuery, problems, secured } from '../api/common.ts'
import {
  changesAction,
  changesAnswer,
  changeState,
  importChangesPage,
  importWithdrawalsPage,
} from '../api/import-changes.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['导入']

export const importChangeDocuments = {
  listImportChanges: {
    method: 'GET',
    url: '/imports/:id/changes',
    config: { permission: 'imports:read' },
    schema: {
      tags,
      operationId: 'listImportChanges',
      summary: '内容有变的行:台账和文件逐项对照',
      description: '按文件的行号排列。自动更新的、要先确认的和已经处理的都列出;个人信息已遮盖。',
      ...secured,
      params: idParams,
      querystring: z.strictObject({ ...pageQuery, state: changeState.optional() }),
      response: { 200: importChangesPage, ...problems },
    },
  },
  actOnImportChanges: {
    method: 'POST',
    url: '/imports/:id/changes/actions',
    config: { permission: 'imports:manage' },
    schema: {
      tags,
      operationId: 'actOnImportChanges',
      summary: '采用或不采用内容有变的行',
      description: '采用的稍后写入台账并告知办理单位;不采用的,同样的内容再导入也不再提出。',
      ...secured,
      params: idParams,
      body: changesAction,
      response: { 202: changesAnswer, ...problems },
    },
  },
  listImportWithdrawals: {
    method: 'GET',
    url: '/imports/:id/withdrawals',
    config: { permission: 'imports:read' },
    schema: {
      tags,
      operationId: 'listImportWithdrawals',
      summary: '平台已撤回、建议撤销的事项',
      description: '登记(apply)时撤销;已有人办理的保留。',
      ...secured,
      params: idParams,
      querystring: z.strictObject(pageQuery),
      response: { 200: importWithdrawalsPage, ...problems },
    },
  },
} satisfies RouteDocuments
