import { z } from 'zod'
import { allOf, idParams, problems, secured } from '../api/common.ts'
import { listView } from '../api/list-views.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['人员账号']
const config = { permission: 'users:manage' } as const

export const sharedViewDocuments = {
  listSharedViews: {
    method: 'GET',
    url: '/shared-views',
    config,
    schema: {
      tags,
      operationId: 'listSharedViews',
      summary: '本县共用的视图',
      description: '台账上共用给本县各单位的视图,不论谁保存的,最多二百个。',
      ...secured,
      response: { 200: allOf(listView), ...problems },
    },
  },
  dropSharedView: {
    method: 'DELETE',
    url: '/shared-views/:id',
    config,
    schema: {
      tags,
      operationId: 'dropSharedView',
      summary: '去掉本县共用的一个视图',
      description: '不论谁保存的:保存的人可能已经调离。只给自己看的不能由别人去掉。',
      ...secured,
      params: idParams,
      response: { 204: z.null(), ...problems },
    },
  },
} satisfies RouteDocuments
