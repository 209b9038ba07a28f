import { isUnder } from '../people/permissions.ts'
import type { Refusal } from './lifecycle.ts'
import type { OfficeKind } from './vocabulary.ts'

/** Offices that perform work of a county. */
const PERFORMS: readonly OfficeKind[] = ['county-bureau', 'county-centre', 'town']

/** Whether work of an office of this county may go to another one. */
export function mayTakeOver(
  office: { code: string; kind: OfficeKind },
  { county, performer }: { county: string; performer: string },
): boolean {
  return office.code !== performer && PERFORMS.includes(office.kind) && isUnder(office.code, county)
}

/** Why work is not offered to an office. @param office null for one that is not there. @param people who could take it on there */
export function offerRefusal(
  office: { code: string; kind: OfficeKind } | null,
  people: number,
  of: { county: string; performer: string },
): Refusal | null {
  if (office === null || !mayTakeOver(office, of))
    return badOffice('只能移交给本县的另一个承办单位(镇、县直中心或县局),请重新选择。')
  return people > 0 ? null : badOffice('这个单位还没有能承办的人,请换一个单位,或先请管理员设置人员。')
}

function badOffice(message: string): Refusal {
  return { refused: 'bad-office', field: 'toOffice', message }
}

/** Work is named to somebody who acts in the office that has it. */
export function assignRefusal(person: string, colleagues: readonly string[]): Refusal | null {
  if (colleagues.includes(person)) return null
  return {
    refused: 'bad-person',
    field: 'person',
    message: '只能分给本单位能办理的人,请重新选择。',
  }
}

type Placed = { code: string; kind: OfficeKind; parent: string | null }

/**
 * Why the whole work of an office does not go to another one: they must be two towns of one county, and somebody must take it on.
 * @param people who act in the office that would receive it
 */
export function handOnRefusal(from: Placed | null, to: Placed | null, people: number): Refusal | null {
  if (from === null || to === null) return badOffice('没有这个单位,请核对单位代码。')
  if (from.code === to.code) return badOffice('两个单位是同一个,请选择另一个单位。')
  if (from.kind !== 'town' || to.kind !== 'town')
    return badOffice('只有镇的工作可以整体移交,并且只能移交给镇;其他单位的请逐件移交。')
  if (from.parent !== to.parent) return badOffice('两个镇不在同一个县,不能整体移交;请选择本县的镇。')
  return people > 0 ? null : badOffice('接收的镇还没有能承办的人,请先设置人员,再整体移交。')
}
