import { maskIdNo, maskName, maskPhone } from '../../domain/people/masking.ts'
import type { Person } from '../../services/vault/encryption.ts'

/** A household as lists show it. */
export function maskedSubject({ name, idNo, phone, village }: Omit<Person, 'detail'>) {
  return { name: maskName(name), idNo: maskIdNo(idNo), phone: maskPhone(phone), village: maskName(village) }
}
