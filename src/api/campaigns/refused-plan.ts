import { BadBeginning } from '../../services/campaigns/launch.ts'
import { BadTemplate, faultWords } from '../../services/campaigns/template-text.ts'
import { ApiError } from '../http/errors.ts'

/** @param field of the body, whose plan cannot be used */
export function badPlan(field: string, message: string): ApiError {
  return new ApiError(422, 'bad-template', `${message}。`, [{ pointer: `/body/${field}`, message }])
}

/** For `.catch`: tells every fault of a template, each with its line. @throws ApiError 422, or what it is given */
export function refuseTemplate(error: unknown): never {
  if (!(error instanceof BadTemplate)) throw error
  const detail = `模板有 ${error.faults.length} 处要改,请按所列的行和字段逐处修改。`
  const faults = error.faults.map((fault) => ({ pointer: '/body/templateText', message: faultWords(fault) }))
  throw new ApiError(422, 'bad-template', detail, faults)
}

/** For `.catch`: tells which phases cannot begin as was chosen. @throws ApiError 422, or what it is given */
export function refuseBeginning(error: unknown): never {
  if (!(error instanceof BadBeginning)) throw error
  const detail = '已过期的阶段怎样开始,有的选得不对,请按所列的逐项修改。'
  throw new ApiError(
    422,
    'bad-beginning',
    detail,
    error.misfits.map(({ index, field, message }) => ({ pointer: `/body/begin/${index}/${field}`, message })),
  )
}

/** For `.catch`: a county has one campaign a year. @throws ApiError 409, or what it is given */
export function refuseSecondCampaign(year: number) {
  return (error: unknown): never => {
    if ((error as { code?: string }).code === '23505')
      throw new ApiError(409, 'campaign-exists', `${year} 年的行动已经建立,一个县一年只有一个。`)
    throw error
  }
}
