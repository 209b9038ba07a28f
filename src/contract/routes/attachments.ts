import { z } from 'zod'
import { attachment } from '../api/attachments.ts'
import { allOf, idParams, problems, secured } from '../api/common.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['附件']

export const attachmentDocuments = {
  listAttachments: {
    method: 'GET',
    url: '/obligations/:id/attachments',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'listAttachments',
      summary: '一件事的附件',
      description: '佐证材料的名称、大小和上传人,先上传的在前。',
      ...secured,
      params: idParams,
      response: { 200: allOf(attachment), ...problems },
    },
  },
  addAttachment: {
    method: 'POST',
    url: '/obligations/:id/attachments',
    // The answer names the file.
    config: { permission: 'obligations:act', sensitive: true },
    schema: {
      tags,
      operationId: 'addAttachment',
      summary: '上传一份佐证材料',
      description:
        '以 multipart 上传一个文件(字段名 file):PDF、图片或办公文档,由内容判断,名字的扩展名要与内容一致。轮到承办单位时,由它的人上传;加密保存,每次下载都留下记录。',
      ...secured,
      consumes: ['multipart/form-data'],
      params: idParams,
      response: { 201: attachment, ...problems },
    },
  },
  getAttachment: {
    method: 'GET',
    url: '/attachments/:id',
    config: { permission: 'obligations:read' },
    schema: {
      tags,
      operationId: 'getAttachment',
      summary: '下载一份附件',
      description:
        '总是作为文件下载,每次都记入审计。能看办理说明的人可以下载;没有获准看户信息的密钥不能下载。',
      ...secured,
      params: idParams,
      produces: ['application/octet-stream'],
    },
  },
  removeAttachment: {
    method: 'DELETE',
    url: '/attachments/:id',
    config: { permission: 'obligations:act' },
    schema: {
      tags,
      operationId: 'removeAttachment',
      summary: '删除自己上传的附件',
      description: '提交以前可以;随提交上报的留作依据。',
      ...secured,
      params: idParams,
      response: { 204: z.null(), ...problems },
    },
  },
} satisfies RouteDocuments
