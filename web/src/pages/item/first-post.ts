import type { Story } from './use-item.ts'

type Person = Story['upcoming'][number]['to'][number]['person']

/** The post in which somebody is told. A story that a browser kept of the previous release has no posts. */
export const firstPost = ({ posts }: { posts?: Person['posts'] }): Person['posts'][number] | undefined =>
  posts?.[0]
