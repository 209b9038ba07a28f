import { z } from 'zod'
import { allOf, problems, secured } from '../api/common.ts'
import { newOffice, office, officeAction } from '../api/offices.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['单位和人员']

export const officeDocuments = {
  listOffices: {
    method: 'GET',
    url: '/offices',
    config: { permission: 'directory:read' },
    schema: {
      tags,
      operationId: 'listOffices',
      summary: '单位',
      description: '单位代码在这里查;parent 是上级单位。',
      ...secured,
      response: { 200: allOf(office), ...problems },
    },
  },
  addOffice: {
    method: 'POST',
    url: '/offices',
    config: { permission: 'users:manage' },
    schema: {
      tags,
      operationId: 'addOffice',
      summary: '新建单位',
      description: '本县的县直中心、镇和村。已经开放的阶段不会给新单位补发事项;以后开放的阶段有。',
      ...secured,
      body: newOffice,
      response: { 201: office, ...problems },
    },
  },
  actOnOffice: {
    method: 'POST',
    url: '/offices/:code/actions',
    config: { permission: 'users:manage' },
    schema: {
      tags,
      operationId: 'actOnOffice',
      summary: '改单位的名称和承担的工作,或删除写错的',
      ...secured,
      params: z.object({ code: z.string().max(200).describe('单位代码') }),
      body: officeAction,
      response: { 200: office, ...problems },
    },
  },
} satisfies RouteDocuments
