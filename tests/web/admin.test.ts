import { expect, test } from 'vitest'
import { detailLines } from '../../web/src/pages/admin/detail-lines.ts'
import { findPeople } from '../../web/src/pages/admin/find-people.ts'
import { keyState } from '../../web/src/pages/admin/key-state.ts'
import { officeTree } from '../../web/src/pages/admin/office-tree.ts'
import { partLook } from '../../web/src/pages/admin/part-look.ts'
import { NO_POST, postBody } from '../../web/src/pages/admin/post.ts'
import { tabsOf } from '../../web/src/pages/admin/admin-tabs.ts'
import type { User } from '../../web/src/pages/admin/use-people.ts'
import type { Office } from '../../web/src/session/use-offices.ts'
import type { Me } from '../../web/src/session/use-me.ts'

const office = (code: string, parent: string | null): Office => ({
  ...{ code, parent, kind: 'town', name: code, duties: [] },
})

test('offices stand under their superior, and one whose superior is out of sight at the top', () => {
  const tree = officeTree([office('a.b', 'a'), office('x.y', 'x'), office('a', null), office('a.b.c', 'a.b')])
  expect(tree.map(({ office: { code }, depth }) => [code, depth])).toEqual([
    ['x.y', 0],
    ['a', 0],
    ['a.b', 1],
    ['a.b.c', 2],
  ])
})

test('people are found by name, address and office', () => {
  const people = [
    { id: '1', name: '示例·甲', email: 'a@maoba.test', roles: [{ office: 'maoba' }] },
    { id: '2', name: '示例·乙', email: 'b@donghe.test', roles: [{ office: 'donghe' }] },
  ] as unknown as User[]
  const names = new Map([['maoba', '毛坝镇']])
  const found = (text: string) => findPeople(people, text, names).map(({ id }) => id)
  expect(found('毛坝')).toEqual(['1'])
  expect(found(' B@DONGHE ')).toEqual(['2'])
  expect(found('毛坝镇 甲')).toEqual(['1'])
  expect(found('毛坝镇 乙')).toEqual([])
  expect(found('示例')).toEqual(['1', '2'])
  expect(found('丙')).toEqual([])
})

test('a key that was revoked is told so, even once it would have ended', () => {
  const at = '2026-06-10T00:00:00.000Z'
  const now = Date.parse(at)
  expect(keyState({ revokedAt: at, expiresAt: at }, now).word).toBe('revoked')
  expect(keyState({ revokedAt: null, expiresAt: at }, now).word).toBe('expired')
  expect(keyState({ revokedAt: null, expiresAt: at }, now - 1).word).toBe('live')
  expect(keyState({ revokedAt: null, expiresAt: null }, now).word).toBe('live')
})

test('a part that runs but needs somebody does not look well', () => {
  expect(partLook({ state: 'ready' }).shape).toBe('✓')
  expect(partLook({ state: 'ready', attention: true }).shape).toBe('◔')
  expect(partLook({ state: 'degraded' }).look).toBe('late')
})

test('a role is sent once office and role are chosen, with an open end left out', () => {
  expect(postBody(NO_POST)).toBeNull()
  expect(postBody({ ...NO_POST, office: 'maoba' })).toBeNull()
  expect(postBody({ ...NO_POST, office: 'maoba', role: 'town-head', from: '2026-06-01' })).toEqual({
    ...{ office: 'maoba', role: 'town-head', from: '2026-06-01' },
  })
})

test('an auditor sees the trail and no accounts', () => {
  const auditor = { permissions: [{ code: 'audit:read' }, { code: 'directory:read' }] } as unknown as Me
  expect(tabsOf(auditor).map(({ name }) => name)).toEqual(['admin', 'offices', 'audit'])
})

test('what a record says more is told one fact a line', () => {
  const detail = {
    action: 'apply',
    silent: true,
    rows: [3, 7],
    columns: { level: 'certain' },
    none: [],
    was: null,
  }
  expect(detailLines(detail)).toEqual([
    { path: ['action'], value: 'apply' },
    { path: ['silent'], value: true },
    { path: ['rows'], value: '3, 7' },
    { path: ['columns', 'level'], value: 'certain' },
    { path: ['was'], value: null },
  ])
  expect(detailLines({ faults: [{ line: 2 }, { line: 5 }] })).toEqual([
    { path: ['faults', '1', 'line'], value: 2 },
    { path: ['faults', '2', 'line'], value: 5 },
  ])
})
