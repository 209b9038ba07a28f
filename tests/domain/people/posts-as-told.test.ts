import { expect, it } from 'vitest'
import type { Role } from '../../../src/domain/obligation/vocabulary.ts'
import { type Post, postsAsTold } from '../../../src/domain/people/posts-as-told.ts'

const TOWN = 'sn.ak.zy.maoba'
const post = (office: string, role: Role): Post => ({ office, role })
const first = (posts: Post[], called: Role[]) => postsAsTold(posts, called, TOWN)[0]

it('of several posts that a rung calls upon, that in the item’s own office stands first', () => {
  const [there, here] = [post('sn.ak.zy.donghe', 'town-head'), post(TOWN, 'town-head')]
  expect(first([there, here], ['town-head'])).toBe(here)
  expect(first([here, there], ['town-head'])).toBe(here)
})

it('whoever is told as one above the office is named as that', () => {
  const [leader, officer] = [post('sn.ak.zy', 'bureau-leader'), post(TOWN, 'town-officer')]
  expect(first([officer, leader], ['bureau-leader'])).toBe(leader)
  expect(first([leader, officer], ['town-officer'])).toBe(officer)
})

it('whoever holds it, or stands in for a colleague there, is named by what they are in the office', () => {
  const [there, here] = [post('sn.ak.zy.donghe', 'town-head'), post(TOWN, 'town-officer')]
  expect(first([there, here], [])).toBe(here)
  expect(first([there, here], ['town-head'])).toBe(here)
  expect(first([there], ['town-head'])).toBe(there)
})

it('names every post once, and changes none of what it was given', () => {
  const posts = [post('sn.ak.zy.donghe', 'town-head'), post(TOWN, 'town-officer')]
  expect(postsAsTold(posts, [], TOWN)).toEqual([posts[1], posts[0]])
  expect(posts[0]?.role).toBe('town-head')
  expect(postsAsTold([], [], TOWN)).toEqual([])
})
