import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { SESSION_COOKIE } from '../session/find-actor.ts'
import { DOCS_CSP } from '../plugins/headers.ts'

const DESCRIPTION = `县级兜底保障行动的督办接口。每个人、每个密钥只看到自己范围内的内容;不在范围内的,对您就不存在(404)。

- **身份**:除运行状态外都要登录,或带上接口密钥:\`Authorization: Bearer <密钥>\`。带着登录会话改动什么,要有 \`Origin\` 头,值为督办的网址;接口密钥默认只能查询,办理由本人登录后做。
- **翻页**:清单回答 \`{items, nextCursor}\`;把 nextCursor 原样放进 cursor 取下一页,为 null 就没有了。
- **时间**:以 At 结尾的是 UTC 时刻;以 On 结尾的是北京时间的日期,到那一天 24:00 为止。
- **代码**:英文代码旁边的 labels 是给人看的中文。
- **被拒绝**:回答 \`application/problem+json\`,detail 说明原因和怎么办,errors 逐项指出哪里不对,requestId 用来查日志。
- **重复提交**:POST 可以带 \`Idempotency-Key\`(8 到 200 个字符),同一个请求再发一次只办一次。
- **不覆盖别人**:读取时得到 ETag;办理时放进 \`If-Match\`,内容已被别人改过就回答 412。`

/** In the order of the page. */
const TAGS = {
  总览: '首页:轮到谁、各单位、进度、邮件、常态核查。',
  事项: '要办的每一件事:查询、登记、办理、经过。',
  比对和排查: '数据比对的台账和全年配额,五个全面排查的逐户记录和矩阵。',
  统计: '各镇各村的结论、等级、因素和来源,排查统计表。',
  名册: '四类重点人群:谁已纳入保障,谁还没有到户。',
  附件: '事项的佐证材料:上传、下载、删除。',
  问题整改: '问题清单:登记、整改、销号和进度。',
  抽查: '县级抽查:抽样、替换、覆盖。',
  时限: '盯住的期限、工作日日历、规则。',
  邮件: '发了什么、给谁、为什么、到了没有。',
  行动: '一年的行动和它的各个阶段。',
  导入: '平台预警导出文件:上传、检查、登记、撤回。',
  单位和人员: '本县的名录。',
  登录: '登录、密码、两步验证。',
  人员账号: '管理员管理账号和角色。',
  接口密钥: '给看板等程序使用的密钥。',
  审计: '谁做了什么。',
  运行: '服务自身的状态,不用登录。',
}

/** `/openapi.json` and the page made of it. */
export const documentation = fp(
  async (app: FastifyInstance): Promise<void> => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: '督办 Duban', version: '1', description: DESCRIPTION },
        tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
        components: {
          securitySchemes: {
            token: { type: 'http', scheme: 'bearer' },
            session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          },
        },
      },
      transform: documented,
    })
    // A key typed in there stays in that tab: it is kept nowhere.
    await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_CSP })
    app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(app.swagger()),
    )
  },
  { name: 'documentation', dependencies: ['security-headers'] },
)

type Responses = Record<string, { description?: string; content?: unknown }>

/** What our OpenAPI document says of a route: its zod schemas, and refusals under the content type they really carry. */
const documented: typeof jsonSchemaTransform = (route) => {
  const { schema, url } = jsonSchemaTransform(route)
  const response = schema['response'] as Responses | undefined
  if (!response) return { schema, url }
  return { schema: { ...schema, response: Object.fromEntries(Object.entries(response).map(asProblem)) }, url }
}

function asProblem([status, body]: [string, Responses[string]]): [string, Responses[string]] {
  if (!/^[45]xx$/i.test(status)) return [status, body]
  const { description = status.startsWith('4') ? '没有执行,原因见 detail' : '服务出错', ...schema } = body
  return [status, { description, content: { 'application/problem+json': { schema } } }]
}
