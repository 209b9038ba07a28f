import { allOf, idParams, problems, secured } from '../api/common.ts'
import { newReplacement, newSample, sampleDetail, sampleSummary } from '../api/samples.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['抽查']

export const sampleDocuments = {
  listSamples: {
    method: 'GET',
    url: '/samples',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'listSamples',
      summary: '历次抽样',
      description: '最近的在前。只给看全县的人。',
      ...secured,
      response: { 200: allOf(sampleSummary), ...problems },
    },
  },
  getSample: {
    method: 'GET',
    url: '/samples/:id',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getSample',
      summary: '一次抽样:名册、抽到的户和覆盖',
      description: '名册和种子都在这里,任何人都能照 docs/sampling.md 重抽一遍。',
      ...secured,
      params: idParams,
      response: { 200: sampleDetail, ...problems },
    },
  },
  drawSample: {
    method: 'POST',
    url: '/samples',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'drawSample',
      summary: '抽取要核查的户',
      description:
        '冻结总体(名册中没有纳入保障的;还没有名册的,四类重点人群中已核查、没有纳入保障的预警),按镇和类别抽取,并为每户登记一件县级抽查。',
      ...secured,
      body: newSample,
      response: { 201: sampleDetail, ...problems },
    },
  },
  replaceSampled: {
    method: 'POST',
    url: '/samples/:id/replacements',
    config: { permission: 'obligations:register' },
    schema: {
      tags,
      operationId: 'replaceSampled',
      summary: '替换一户无法核查的',
      description: '由同一镇、同一类中排在后面的第一户顶上;原来的户和原因保留,它的抽查撤销。',
      ...secured,
      params: idParams,
      body: newReplacement,
      response: { 200: sampleDetail, ...problems },
    },
  },
} satisfies RouteDocuments
