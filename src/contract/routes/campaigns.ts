import { z } from 'zod'
import {
  campaign,
  campaignAction,
  campaignPreview,
  newCampaign,
  planText,
  timeline,
} from '../api/campaigns.ts'
import { phaseMove, phaseMoved, phaseParams } from '../api/phase-moves.ts'
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
  getShippedPlan: {
    method: 'GET',
    url: '/campaigns/template',
    config: { permission: 'campaigns:read' },
    schema: {
      tags,
      operationId: 'getShippedPlan',
      summary: '随产品提供的模板,全文',
      ...secured,
      response: { 200: planText, ...problems },
    },
  },
  getCampaignPlan: {
    method: 'GET',
    url: '/campaigns/:id/template',
    config: { permission: 'campaigns:read' },
    schema: {
      tags,
      operationId: 'getCampaignPlan',
      summary: '一个行动的模板,可以改成下一年的',
      description: '固定日期是模板定的,不是按日历、决定或接办挪过的。',
      ...secured,
      params: idParams,
      response: { 200: planText, ...problems },
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
  movePhase: {
    method: 'POST',
    url: '/campaigns/:id/phases/:phase/due-day',
    config: { permission: 'campaigns:manage' },
    schema: {
      tags,
      operationId: 'movePhase',
      summary: '改一个阶段的到期日,先看会挪动哪些',
      description:
        '不写 dryRun=false 时只预览。阶段里没有自己日期、镇里还没有报送过的事项随着改;有暂停或延期的、已报送过的不变。承办的人在下一个早上的邮件里知道。',
      ...secured,
      params: phaseParams,
      body: phaseMove,
      response: { 200: phaseMoved, ...problems },
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
      description:
        '放行、带理由结束行动,只有分管局领导可以(gates:override),别人答 403。放行须写明理由,记录在案,并按规则邮件告知;一个阶段只放行一次。结束行动不写理由的,只在没有未办结事项时才结束,否则答 409,逐件列出在谁手里、告知了谁。',
      ...secured,
      params: idParams,
      body: campaignAction,
      response: { 200: timeline, ...problems },
    },
  },
} satisfies RouteDocuments
