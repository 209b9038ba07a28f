import { z } from 'zod'
import { allOf, idParams, problems, secured } from '../api/common.ts'
import { listView, newListView, seenAnswer, seenItems, seenQuery } from '../api/list-views.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['事项']
const config = { permission: 'obligations:read' } as const

export const listViewDocuments = {
  listListViews: {
    method: 'GET',
    url: '/list-views',
    config,
    schema: {
      tags,
      operationId: 'listListViews',
      summary: '保存的视图',
      description: '自己保存的,和共用给您能看的单位的。',
      ...secured,
      response: { 200: allOf(listView), ...problems },
    },
  },
  addListView: {
    method: 'POST',
    url: '/list-views',
    config,
    schema: {
      tags,
      operationId: 'addListView',
      summary: '保存一个视图',
      description: '台账的条件和排序,起个名称。一人最多五十个;名称不能重复。',
      ...secured,
      body: newListView,
      response: { 201: listView, ...problems },
    },
  },
  replaceListView: {
    method: 'PUT',
    url: '/list-views/:id',
    config,
    schema: {
      tags,
      operationId: 'replaceListView',
      summary: '改自己保存的一个视图',
      description: '名称、给谁看、条件和排序都按所给的;链接还是原来的。名称不能和自己别的视图重复。',
      ...secured,
      params: idParams,
      body: newListView,
      response: { 200: listView, ...problems },
    },
  },
  dropListView: {
    method: 'DELETE',
    url: '/list-views/:id',
    config,
    schema: {
      tags,
      operationId: 'dropListView',
      summary: '去掉自己保存的一个视图',
      ...secured,
      params: idParams,
      response: { 204: z.null(), ...problems },
    },
  },
  getSeen: {
    method: 'GET',
    url: '/seen',
    config,
    schema: {
      tags,
      operationId: 'getSeen',
      summary: '自己看过的是哪一版',
      description: '没有看过的不在其中。事项的 version 更大的,看过以后有变动。',
      ...secured,
      querystring: seenQuery,
      response: { 200: seenAnswer, ...problems },
    },
  },
  markSeen: {
    method: 'PUT',
    url: '/seen',
    config,
    schema: {
      tags,
      operationId: 'markSeen',
      summary: '记下自己看过哪一版',
      description: '只记在本人名下,不影响办理。',
      ...secured,
      body: seenItems,
      response: { 204: z.null(), ...problems },
    },
  },
} satisfies RouteDocuments
