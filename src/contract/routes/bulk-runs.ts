import { allOf, idParams, pageOf, problems, secured } from '../api/common.ts'
import { bulkItem, bulkItemsQuery, bulkRun, bulkRunAction } from '../api/bulk-actions.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['事项']

export const bulkRunDocuments = {
  listBulkRuns: {
    method: 'GET',
    url: '/bulk-runs',
    config: { permission: 'obligations:act' },
    schema: {
      tags,
      operationId: 'listBulkRuns',
      summary: '自己最近的批量办理',
      description: '最近 20 批,新的在前;只有本人看得到。办完满 90 天的不再保存,办过的事项各有经过。',
      ...secured,
      response: { 200: allOf(bulkRun), ...problems },
    },
  },
  getBulkRun: {
    method: 'GET',
    url: '/bulk-runs/:id',
    config: { permission: 'obligations:act' },
    schema: {
      tags,
      operationId: 'getBulkRun',
      summary: '一批办到哪里了',
      description: '办成、没有办成、还没轮到的各多少件,没有办成的按原因归在一起。',
      ...secured,
      params: idParams,
      response: { 200: bulkRun, ...problems },
    },
  },
  listBulkItems: {
    method: 'GET',
    url: '/bulk-runs/:id/items',
    config: { permission: 'obligations:act' },
    schema: {
      tags,
      operationId: 'listBulkItems',
      summary: '一批中每件的结果',
      ...secured,
      params: idParams,
      querystring: bulkItemsQuery,
      response: { 200: pageOf(bulkItem), ...problems },
    },
  },
  actOnBulkRun: {
    method: 'POST',
    url: '/bulk-runs/:id/actions',
    config: { permission: 'obligations:act' },
    schema: {
      tags,
      operationId: 'actOnBulkRun',
      summary: '整批撤回,或停止还没轮到的',
      description:
        '办完 10 分钟内提出的,可以整批撤回,轮到得晚的照样撤回;此后有变动的不撤回,逐件说明为什么。超过 200 件的回答 202,在后台撤回。停止后,已办成的不变。',
      ...secured,
      params: idParams,
      body: bulkRunAction,
      response: { 200: bulkRun, 202: bulkRun, ...problems },
    },
  },
} satisfies RouteDocuments
