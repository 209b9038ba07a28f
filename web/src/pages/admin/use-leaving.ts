import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { postNamed } from '../../parts/post-named.ts'
import { useMe } from '../../session/use-me.ts'
import { useOfficeNames } from '../../session/use-offices.ts'
import { leavesWork, type Post, postsToHandOn, successorsOf, worksSomewhere } from './successors.ts'
import { type User, usePeople, useUsers } from './use-people.ts'

const MOST_NAMED = 5

/** What disabling somebody, or taking a role away, will do: told before it is done. */
export function useLeaving() {
  const { t } = useI18n()
  const { data: users } = useUsers()
  const { data: people } = usePeople()
  const { data: me } = useMe()
  const officeNames = useOfficeNames()
  const known = computed(() => ({
    all: users.value?.items ?? [],
    today: me.value?.clock.today ?? '',
    away: new Set((people.value?.items ?? []).filter((p) => p.absence?.away).map(({ id }) => id)),
  }))
  /** Nothing can be said before all three are read. */
  const isKnown = computed(() => Boolean(users.value && people.value && me.value))

  const postWords = ({ office, role }: Post) =>
    postNamed(officeNames.value.get(office) ?? office, t(`role.${role}`))

  function successorWords(user: User, post: Post): string {
    const found = successorsOf(user, post, known.value)
    if (found.state === 'nobody') return t('people.left.nobody', { post: postWords(post) })
    const named = found.names.slice(0, MOST_NAMED).join(t('people.left.and'))
    const count = found.names.length
    const names = count > MOST_NAMED ? t('people.left.some', { names: named, count }) : named
    return t(`people.left.${found.state}`, { post: postWords(post), names })
  }

  return {
    isKnown,
    postWords,
    disableWords: (user: User) =>
      [
        t('people.disableAsk', { name: user.name }),
        ...(worksSomewhere(user) ? [t('people.left.work')] : []),
        ...postsToHandOn(user, known.value.today).map((post) => successorWords(user, post)),
        t('people.disableLater'),
      ].join(' '),
    takeWords: (user: User, post: Post) =>
      [
        t('people.takeAsk', { name: user.name, post: postWords(post) }),
        ...(leavesWork(user, post) ? [t('people.left.officeWork')] : []),
        ...(worksSomewhere({ roles: user.roles.filter((r) => r.role === post.role) })
          ? [successorWords(user, post)]
          : []),
      ].join(' '),
  }
}
