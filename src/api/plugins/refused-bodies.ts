import type { RefusalCode } from '../http/refusal-codes.ts'

type RefusedBody = readonly [status: number, code: RefusalCode, detail: string]

/** Whatever of the framework's limits a body exceeds. */
export const TOO_LARGE: RefusedBody = [
  413,
  'too-large',
  '内容过大:导入文件不超过 64 MB,其他请求不超过 1 MB。',
]

/** What else the framework refuses of a body before a route sees it. Its codes are its own affair; these are ours. */
export const REFUSED_BODIES: Record<string, RefusedBody> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'bad-json', '请求体不是正确的 JSON,请检查引号、逗号和括号。'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [
    400,
    'bad-json',
    '请求体是空的:没有内容时不要写 Content-Type,有内容时写成 JSON。',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'bad-content-type',
    '请求体的类型不对:写成 JSON(Content-Type: application/json),上传文件用 multipart/form-data。',
  ],
  FST_FILES_LIMIT: [413, 'too-many', '一次只能传一个文件,请一个一个地上传。'],
  FST_MP_PREMATURE_CLOSE: [400, 'bad-form', 'multipart 内容不完整,请重新上传。'],
}
