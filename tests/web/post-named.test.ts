import { expect, it } from 'vitest'
import { postNamed } from '../../web/src/parts/post-named.ts'

it('an office that is called after its role says it once', () => {
  expect(postNamed('县救助中心', '救助中心')).toBe('县救助中心')
  expect(postNamed('毛坝镇', '镇经办人')).toBe('毛坝镇 镇经办人')
  expect(postNamed('毛坝镇', '镇经办人', ' · ')).toBe('毛坝镇 · 镇经办人')
})
