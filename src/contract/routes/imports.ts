import { z } from 'zod'
import { allOf, idParams, pageOf, pageQuery, problems, secured } from '../api/common.ts'
import { ERRORS_SHOWN, importBody, importSummary } from '../api/imports.ts'
import { importAction, importQuery } from '../api/import-requests.ts'
import { rememberedMapping } from '../api/import-mappings.ts'
import { undoPreview } from '../api/undo-preview.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['导入']

export const importDocuments = {
  createImport: {
    method: 'POST',
    url: '/imports',
    config: { permission: 'hits:import' },
    schema: {
      tags,
      operationId: 'createImport',
      summary: '导入平台预警导出文件',
      ...secured,
      description:
        '以 multipart 上传表格(字段名 file,不超过 64 MB):Excel 工作簿(.xlsx、.xls),或 UTF-8、GB18030、带标记的 UTF-16 文本(.csv、.tsv、.txt)。文件是什么由内容决定,不看名字。dryRun=true 只检查不登记。有 imports:manage 权限的可以导入任何文件;承办一件数据比对的单位,在提交以前可以登记它的命中名单(comparison):镇的只登记本镇的户,名单只登记新的预警,不更正台账。可以另有 sheet(工作簿中要用的那张表)、columns、words(JSON)几个字段,与动作 map 相同。',
      consumes: ['multipart/form-data'],
      querystring: importQuery,
      response: { 202: importBody, ...problems },
    },
  },
  listImports: {
    method: 'GET',
    url: '/imports',
    config: { permission: 'imports:read' },
    schema: {
      tags,
      operationId: 'listImports',
      summary: '历次导入',
      description: '最新的在前。',
      ...secured,
      querystring: z.strictObject(pageQuery),
      response: { 200: pageOf(importSummary), ...problems },
    },
  },
  getImport: {
    method: 'GET',
    url: '/imports/:id',
    config: { permission: 'imports:read' },
    schema: {
      tags,
      operationId: 'getImport',
      summary: '一次导入的进度和结果',
      description: `附最先的 ${ERRORS_SHOWN} 条问题(内容相同的重复排在最后),全部问题在 errors.csv。`,
      ...secured,
      params: idParams,
      response: { 200: importBody, 304: z.null(), ...problems },
    },
  },
  getImportErrors: {
    method: 'GET',
    url: '/imports/:id/errors.csv',
    config: { permission: 'imports:read' },
    schema: {
      tags,
      operationId: 'getImportErrors',
      summary: '下载没有登记的行',
      description:
        '拒绝的行原样列出,“问题”列在前,“原文件行号”列在后;改好后可以直接再导入。可以登记、取消、撤回这次导入的得到原文并留下记录,其他人得到遮盖的。没有获准看户信息的密钥,和以前版本导入的,只有行号、列、规则和说明。',
      ...secured,
      params: idParams,
      produces: ['text/csv'],
    },
  },
  actOnImport: {
    method: 'POST',
    url: '/imports/:id/actions',
    config: { permission: 'hits:import' },
    schema: {
      tags,
      operationId: 'actOnImport',
      summary: '登记、取消或撤回一次导入',
      description:
        'apply 登记检查过的;map 说明列和词,然后重新检查;mend 改有问题的行(行号照原文件),和整个文件一起重新检查;cancel 放弃还没有登记的;undo 撤回已登记的,还没有人动过的事项全部取消。说明过的列和词会记住,下次不再问。',
      ...secured,
      params: idParams,
      body: importAction,
      response: { 202: importBody, ...problems },
    },
  },
  previewImportUndo: {
    method: 'GET',
    url: '/imports/:id/undo-preview',
    config: { permission: 'imports:read' },
    schema: {
      tags,
      operationId: 'previewImportUndo',
      summary: '现在撤回会怎样',
      description: '只看不做:撤回几件、保留几件、告诉几个人。只有已登记(applied)的导入才有。',
      ...secured,
      params: idParams,
      response: { 200: undoPreview, ...problems },
    },
  },
  listImportMappings: {
    method: 'GET',
    url: '/import-mappings',
    config: { permission: 'imports:manage' },
    schema: {
      tags,
      operationId: 'listImportMappings',
      summary: '记住的列和词',
      description: '本县说明过的列的对应(按表头)和词的意思,导入时自动使用。',
      ...secured,
      response: { 200: allOf(rememberedMapping), ...problems },
    },
  },
  forgetImportMapping: {
    method: 'DELETE',
    url: '/import-mappings/:id',
    config: { permission: 'imports:manage' },
    schema: {
      tags,
      operationId: 'forgetImportMapping',
      summary: '忘记一条列或词的对应',
      description: '下一个这样的文件会再问;已经登记的不变。',
      ...secured,
      params: idParams,
      response: { 204: z.null(), ...problems },
    },
  },
} satisfies RouteDocuments
