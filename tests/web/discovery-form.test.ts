import { expect, it } from 'vitest'
import { newObligation } from '../../src/contract/api/new-obligation.ts'
import { twinsRequest } from '../../src/contract/api/households.ts'
import { discoveryBody, NOTHING, twinsBody } from '../../web/src/pages/discovery/discovery-form.ts'

const found = {
  ...NOTHING,
  office: 'sn.ak.zy.maoba',
  level: 'yellow',
  name: ' 赵小河 ',
  village: '东坪村',
  detail: '房屋漏雨',
}

it('what is written down is a registration the program takes, with what was left empty left out', () => {
  const body = discoveryBody(found, 'warning', ['ob_1'])
  expect(newObligation.parse(body)).toMatchObject({
    kind: 'warning',
    source: 'discovery',
    level: 'yellow',
    person: { name: '赵小河', village: '东坪村', detail: '房屋漏雨', idNo: '' },
    twins: ['ob_1'],
  })
  expect(body).not.toHaveProperty('group')
  expect(discoveryBody(found, 'warning', [])).not.toHaveProperty('twins')
})

it('twins are asked for without the story of the household', () => {
  expect(twinsRequest.parse(twinsBody(found)).person).toEqual({
    ...{ name: '赵小河', village: '东坪村', idNo: '', phone: '' },
  })
})
