import { z } from 'zod'
import { idParams, pageOf, problems as refusals, secured } from '../api/common.ts'
import { neighbours } from '../api/obligation-lists.ts'
import {
  newProblem,
  problemBurnDown,
  problemEntry,
  problemFile,
  problemFileQuery,
  problemNeighbourQuery,
  problemQuery,
  problemsRegistered,
} from '../api/problems.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['问题整改']

export const problemDocuments = {
  listProblems: {
    method: 'GET',
    url: '/problems',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'listProblems',
      summary: '问题清单和整改台账',
      description: '到期早的在前。问题、措施和责任人只给能看办理说明的人。',
      ...secured,
      querystring: problemQuery,
      response: { 200: pageOf(problemEntry), ...refusals },
    },
  },
  getProblemNeighbours: {
    method: 'GET',
    url: '/problems/:id/neighbours',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getProblemNeighbours',
      summary: '问题清单同样条件下的上一件和下一件',
      ...secured,
      params: idParams,
      querystring: problemNeighbourQuery,
      response: { 200: neighbours, ...refusals },
    },
  },
  createProblems: {
    method: 'POST',
    url: '/problems',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'createProblems',
      summary: '登记问题,几个单位各一件',
      description: '整改期限不能晚于清零阶段的截止日。问题和措施加密保存,不进邮件。',
      ...secured,
      body: newProblem,
      response: { 201: problemsRegistered, ...refusals },
    },
  },
  importProblems: {
    method: 'POST',
    url: '/problems/import',
    // The answer tells what stands in the file. The same file is known by its content.
    config: { permission: 'obligations:register', sensitive: true },
    schema: {
      tags,
      operationId: 'importProblems',
      summary: '从文件登记问题清单',
      description:
        '以 multipart 上传问题清单(字段名 file,不超过 20 MB;Excel 或 CSV)。先不写 dryRun 检查一遍;同一个文件再来一次不会重复登记。',
      ...secured,
      consumes: ['multipart/form-data'],
      querystring: problemFileQuery,
      response: { 200: problemFile, ...refusals },
    },
  },
  getProblemBurnDown: {
    method: 'GET',
    url: '/problems/burn-down',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getProblemBurnDown',
      summary: '问题销号进度,按单位',
      ...secured,
      querystring: z.strictObject({
        campaign: z.string().max(100).optional().describe('行动的编号;不写是最近的一个'),
      }),
      response: { 200: problemBurnDown, ...refusals },
    },
  },
} satisfies RouteDocuments
