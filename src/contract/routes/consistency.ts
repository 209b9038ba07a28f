import { idParams, problems, secured } from '../api/common.ts'
import { consistency, consistencyProblems, consistencyRaised } from '../api/consistency.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['导入']

export const consistencyDocuments = {
  getConsistency: {
    method: 'GET',
    url: '/imports/:id/consistency',
    config: { permission: 'imports:read' },
    schema: {
      tags,
      operationId: 'getConsistency',
      summary: '平台和台账的一致性核对',
      description:
        '检查过、还没有登记的文件,和台账不同的各处,按不实、不准、不全、不一致、更新不及时;不实要在上传时写明完整的日期(completeFrom、completeUntil)。什么也不写入。',
      ...secured,
      params: idParams,
      response: { 200: consistency, ...problems },
    },
  },
  raiseConsistencyProblems: {
    method: 'POST',
    url: '/imports/:id/consistency/problems',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'raiseConsistencyProblems',
      summary: '把不同的各处登记为问题',
      description: '每处一件,来源是数据核对,由所在的镇整改;已登记过的不重复。没有单位的不能登记。',
      ...secured,
      params: idParams,
      body: consistencyProblems,
      response: { 201: consistencyRaised, ...problems },
    },
  },
} satisfies RouteDocuments
