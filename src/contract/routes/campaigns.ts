import { z } from 'zod'
import { campaign, campaignAction, campaignPreview, newCampaign, timeline } from '../api/campaigns.ts'
import { allOf, idParams, problems, secured } from '../api/common.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['行动']

export const campaignDocuments = {
  listCampaigns: {
    method: 'GET',
    url: '/campaigns',
    config: { permission: 'campaigns:read' },
    schema: {
      tags,
      operationId: 'listCampaigns',
      summary: '行动清单',
      ...secured,
      response: { 200: allOf(campaign), ...problems },
    },
  },
  startCampaign: {
    method: 'POST',
    url: '/campaigns',
    config: { permission: 'campaigns:manage' },
    schema: {
      tags,
      operationId: 'startCampaign',
      summary: '按模板建立一年的行动',
      description: '一个县一年一个;各阶段到日子自动开启。年中启动时已过期的阶段由 begin 决定怎样开始。',
      ...secured,
      body: newCampaign,
      response: { 201: campaign, ...problems },
    },
  },
  previewCampaign: {
    method: 'POST',
    url: '/campaigns/preview',
    config: { permission: 'campaigns:manage' },
    schema: {
      tags,
      operationId: 'previewCampaign',
      summary: '预览:建立以后会登记什么,第一批邮件给谁',
      description: '和建立行动同样的请求,什么也不写入。',
      ...secured,
      body: newCampaign,
      response: { 200: campaignPreview, ...problems },
    },
  },
  getCampaign: {
    method: 'GET',
    url: '/campaigns/:id',
    config: { permission: 'campaigns:read' },
    schema: {
      tags,
      operationId: 'getCampaign',
      summary: '一个行动',
      ...secured,
      params: idParams,
      response: { 200: campaign, 304: z.null(), ...problems },
    },
  },
  getCampaignTimeline: {
    method: 'GET',
    url: '/campaigns/:id/timeline',
    config: { permission: 'campaigns:read' },
    schema: {
      tags,
      operationId: 'getCampaignTimeline',
      summary: '行动走到哪一步',
      description: '各阶段的起止、办结件数,以及还有哪些事项使它不能结束。',
      ...secured,
      params: idParams,
      response: { 200: timeline, ...problems },
    },
  },
  actOnCampaign: {
    method: 'POST',
    url: '/campaigns/:id/actions',
    config: { permission: 'campaigns:manage' },
    schema: {
      tags,
      operationId: 'actOnCampaign',
      summary: '说明理由放行一个阶段,或结束行动',
      description: '须写明理由,记录在案。',
      ...secured,
      params: idParams,
      body: campaignAction,
      response: { 200: timeline, ...problems },
    },
  },
} satisfies RouteDocuments
