import { z } from 'zod'
import { allOf, idParams, problems, secured } from '../api/common.ts'
import { colleague, newAbsence, person } from '../api/offices.ts'
import { testMail } from '../api/users.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['单位和人员']

export const peopleDocuments = {
  listPeople: {
    method: 'GET',
    url: '/people',
    config: { permission: 'directory:read' },
    schema: {
      tags,
      operationId: 'listPeople',
      summary: '人员、角色和离岗',
      ...secured,
      response: { 200: allOf(colleague), ...problems },
    },
  },
  getPerson: {
    method: 'GET',
    url: '/people/:id',
    config: { permission: 'directory:read' },
    schema: {
      tags,
      operationId: 'getPerson',
      summary: '一个人',
      ...secured,
      params: idParams,
      response: { 200: person, ...problems },
    },
  },
  setMyAbsence: {
    method: 'PUT',
    url: '/me/absence',
    config: { permission: 'self' },
    schema: {
      tags,
      operationId: 'setMyAbsence',
      summary: '登记自己离岗和代理人',
      ...secured,
      body: newAbsence,
      response: { 200: person, ...problems },
    },
  },
  endMyAbsence: {
    method: 'DELETE',
    url: '/me/absence',
    config: { permission: 'self' },
    schema: {
      tags,
      operationId: 'endMyAbsence',
      summary: '自己返岗',
      ...secured,
      response: { 204: z.null().describe('已返岗'), ...problems },
    },
  },
  setAbsence: {
    method: 'PUT',
    url: '/people/:id/absence',
    config: { permission: 'absences:manage' },
    schema: {
      tags,
      operationId: 'setAbsence',
      summary: '登记同事离岗和代理人',
      ...secured,
      params: idParams,
      body: newAbsence,
      response: { 200: person, ...problems },
    },
  },
  sendTestMail: {
    method: 'POST',
    url: '/people/:id/test-mail',
    config: { permission: 'users:manage' },
    schema: {
      tags,
      operationId: 'sendTestMail',
      summary: '给一个人发测试邮件',
      description: '立即发出,应答是邮件服务器的答复;不进发件箱,不分办公时间。',
      ...secured,
      params: idParams,
      response: { 200: testMail, ...problems },
    },
  },
  endAbsence: {
    method: 'DELETE',
    url: '/people/:id/absence',
    config: { permission: 'absences:manage' },
    schema: {
      tags,
      operationId: 'endAbsence',
      summary: '同事返岗',
      ...secured,
      params: idParams,
      response: { 204: z.null().describe('已返岗'), ...problems },
    },
  },
} satisfies RouteDocuments
