import { allOf, idParams, problems, secured } from '../api/common.ts'
import { beginning } from '../api/beginning.ts'
import { changedUser, newUser, peopleFile, peopleFileQuery, user, userAction } from '../api/users.ts'
import type { RouteDocuments } from './document.ts'

const tags = ['人员账号']
const config = { permission: 'users:manage' } as const

export const userDocuments = {
  listUsers: {
    method: 'GET',
    url: '/users',
    config,
    schema: {
      tags,
      operationId: 'listUsers',
      summary: '账号',
      ...secured,
      response: { 200: allOf(user), ...problems },
    },
  },
  getBeginning: {
    method: 'GET',
    url: '/beginning',
    config,
    schema: {
      tags,
      operationId: 'getBeginning',
      summary: '一个县启用以前还差什么',
      description: '单位、人员、密码、规则、两年的日历、今年的行动和邮件;每次现查,做完以后又缺了的会再列出。',
      ...secured,
      response: { 200: allOf(beginning), ...problems },
    },
  },
  getUser: {
    method: 'GET',
    url: '/users/:id',
    config,
    schema: {
      tags,
      operationId: 'getUser',
      summary: '一个账号',
      ...secured,
      params: idParams,
      response: { 200: user, ...problems },
    },
  },
  createUser: {
    method: 'POST',
    url: '/users',
    config,
    schema: {
      tags,
      operationId: 'createUser',
      summary: '新建账号',
      description: '设置首个密码的链接发到本人邮箱,不在应答中。',
      ...secured,
      body: newUser,
      response: { 201: changedUser, ...problems },
    },
  },
  importUsers: {
    method: 'POST',
    url: '/users/import',
    // The answer tells what stands in the file.
    config: { permission: 'users:manage', sensitive: true },
    schema: {
      tags,
      operationId: 'importUsers',
      summary: '从文件新建账号',
      description:
        '以 multipart 上传人员名单(字段名 file;Excel 或 CSV),要有姓名、邮箱、单位、角色。先不写 dryRun 检查一遍;一个人有几个角色的写几行。设置密码的链接发到各人邮箱;同一个文件再来一次不会重复新建。',
      ...secured,
      consumes: ['multipart/form-data'],
      querystring: peopleFileQuery,
      response: { 200: peopleFile, ...problems },
    },
  },
  actOnUser: {
    method: 'POST',
    url: '/users/:id/actions',
    config,
    schema: {
      tags,
      operationId: 'actOnUser',
      summary: '改角色和联系方式、停用、启用或重设',
      description: '管理员不能改自己的账号,也不能让本县没有管理员,或提前没有。',
      ...secured,
      params: idParams,
      body: userAction,
      response: { 200: changedUser, ...problems },
    },
  },
} satisfies RouteDocuments
