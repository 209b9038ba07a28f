import { z } from 'zod'
import { allOf, idParams, problems, secured } from '../api/common.ts'
import {
  compareQuery,
  newPolicy,
  newPolicyBody,
  policyBody,
  policyDifferences,
  rebaseBody,
  rebased,
  restoredPolicyBody,
} from '../api/policies.ts'
import { dryRunQuery } from '../api/recounts.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['时限']
const reads = { permission: 'policies:read' } as const
const manages = { permission: 'policies:manage' } as const

export const policyDocuments = {
  listPolicies: {
    method: 'GET',
    url: '/policies',
    config: reads,
    schema: {
      tags,
      operationId: 'listPolicies',
      summary: '各级时限、提醒和督办的规则',
      description: '每个版本各一条;example 为 true 的是示例,不是国家规定。',
      ...secured,
      response: { 200: allOf(policyBody), ...problems },
    },
  },
  publishPolicy: {
    method: 'POST',
    url: '/policies',
    config: manages,
    schema: {
      tags,
      operationId: 'publishPolicy',
      summary: '发布新一版规则:先试算',
      description:
        '先不写 dryRun 试算:与现行一版有哪些不同,在办事项如果都改按它会怎样。发布只管以后的新任务;在办事项要改按新规则,另用 rebase。发布时带上试算得到的 version,这期间别人发布过的回答 412。有问题的,写明文件、第几行和字段。',
      ...secured,
      querystring: dryRunQuery,
      body: newPolicyBody,
      response: { 200: newPolicy, ...problems },
    },
  },
  exportPolicy: {
    method: 'GET',
    url: '/policies/:id/export',
    config: reads,
    schema: {
      tags,
      operationId: 'exportPolicy',
      summary: '导出一版规则的文件',
      description: 'YAML;改好后可以再用来发布。',
      ...secured,
      produces: ['text/plain'],
      params: idParams,
      response: { 200: z.string(), ...problems },
    },
  },
  comparePolicies: {
    method: 'GET',
    url: '/policies/:id/differences',
    config: reads,
    schema: {
      tags,
      operationId: 'comparePolicies',
      summary: '比较两版规则,逐条说明',
      ...secured,
      params: idParams,
      querystring: compareQuery,
      response: { 200: policyDifferences, ...problems },
    },
  },
  restorePolicy: {
    method: 'POST',
    url: '/policies/:id/restore',
    config: manages,
    schema: {
      tags,
      operationId: 'restorePolicy',
      summary: '退回以前的一版,作为新一版',
      ...secured,
      params: idParams,
      querystring: dryRunQuery,
      body: restoredPolicyBody,
      response: { 200: newPolicy, ...problems },
    },
  },
  rebasePolicy: {
    method: 'POST',
    url: '/policies/:id/rebase',
    config: manages,
    schema: {
      tags,
      operationId: 'rebasePolicy',
      summary: '在办事项改按这一版规则',
      description:
        '先不写 dryRun 试算。生效时全县在办事项一次改完:限时按起算日、新的时限、暂停、延期重新算,得失时间的人在下一次早报中各得一行。暂停中的恢复后仍按原来的一版。',
      ...secured,
      params: idParams,
      querystring: dryRunQuery,
      body: rebaseBody,
      response: { 200: rebased, ...problems },
    },
  },
} satisfies RouteDocuments
