import { allOf, idParams, problems, secured } from '../api/common.ts'
import {
  decidedTwin,
  householdParams,
  householdStory,
  possibleTwin,
  twin,
  twinDecision,
  twinParams,
  twinsRequest,
} from '../api/households.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['事项']

export const householdDocuments = {
  getHousehold: {
    method: 'GET',
    url: '/households/:id',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getHousehold',
      summary: '一户的全部事项',
      description:
        '由一件事项的编号,或名册上一户的编号出发,列出同一户(本县内身份证号相同、前后相接,或有人认定)的预警、救助落实和监测走访,各项排查的记录,县级抽查,保障情况和退出。只在名册上、还没有事项的户也能查。户的信息已遮盖。',
      ...secured,
      params: householdParams,
      response: { 200: householdStory, ...problems },
    },
  },
  listPossibleTwins: {
    method: 'GET',
    url: '/households/:id/twins',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'listPossibleTwins',
      summary: '一户的可能的同一户',
      description:
        '由一件事项的编号出发,列出电话相同或同村同名、还不是同一户的。由人认定,不自动合并;查找记入审计。',
      ...secured,
      params: idParams,
      response: { 200: allOf(possibleTwin), ...problems },
    },
  },
  decideTwin: {
    method: 'PUT',
    url: '/households/:id/twins/:twin',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'decideTwin',
      summary: '认定是不是同一户',
      description: '认定为同一户的,此后一起列出;当时登记的内容各自保留。可以取消。',
      ...secured,
      params: twinParams,
      body: twinDecision,
      response: { 200: decidedTwin, ...problems },
    },
  },
  undoTwinDecision: {
    method: 'DELETE',
    url: '/households/:id/twins/:twin',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'undoTwinDecision',
      summary: '取消是不是同一户的认定',
      ...secured,
      params: twinParams,
      response: { 200: decidedTwin, ...problems },
    },
  },
  findTwins: {
    method: 'POST',
    url: '/households/twins',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'findTwins',
      summary: '登记前查找可能的同一户',
      description:
        '登记主动发现的户以前,查找范围内身份证号、电话相同,或同村同名的户。只列出,不合并;查找记入审计,所查的内容不留存。',
      ...secured,
      body: twinsRequest,
      response: { 200: allOf(twin), ...problems },
    },
  },
} satisfies RouteDocuments
