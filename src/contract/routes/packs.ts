import { idParams, secured } from '../api/common.ts'
import { packRequest } from '../api/packs.ts'
import type { RouteDocuments } from './document.ts'

export const packDocuments = {
  makeInspectionPack: {
    method: 'POST',
    url: '/campaigns/:id/pack',
    // The answer is a file, and may hold households.
    config: { permission: 'campaigns:read', sensitive: true },
    schema: {
      tags: ['行动'],
      operationId: 'makeInspectionPack',
      summary: '迎检资料包:台账、统计和阶段',
      description:
        '一个 zip:封面(截至、制作人、范围,各文件的行数和 SHA-256)、统计表、排查统计表、各类工作台账、主动发现台账、阶段和放行、户清单;您范围内的。边做边发,头 duban-files 是文件数。户的信息是遮盖的,自由填写的内容(问题、措施等)也不写出,放行理由和事项名称照录;要完整的,写 households=clear 和理由,须有查看户信息的权限,每户算查看一次、各留一条记录;下载中断后 24 小时内再来的,已算过的户不再算。每人同时只做一个。每次留下记录。',
      ...secured,
      params: idParams,
      body: packRequest,
      produces: ['application/zip'],
    },
  },
} satisfies RouteDocuments
