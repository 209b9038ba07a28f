import { idParams, problems, secured } from '../api/common.ts'
import { possibleActions, story } from '../api/story.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['事项']
const config = { permission: 'obligations:read' } as const

export const storyDocuments = {
  getObligationStory: {
    method: 'GET',
    url: '/obligations/:id/story',
    config,
    schema: {
      tags,
      operationId: 'getObligationStory',
      summary: '一件事的来龙去脉',
      description: '谁做了什么、通知了谁、每封邮件到了没有,以及接下来什么时候会通知谁。',
      ...secured,
      params: idParams,
      response: { 200: story, ...problems },
    },
  },
  getPossibleActions: {
    method: 'GET',
    url: '/obligations/:id/possible-actions',
    config,
    schema: {
      tags,
      operationId: 'getPossibleActions',
      summary: '我现在能对它做什么',
      description: '每个办理动作:能不能做、为什么不能、谁可以做、要填什么。',
      ...secured,
      params: idParams,
      response: { 200: possibleActions, ...problems },
    },
  },
} satisfies RouteDocuments
