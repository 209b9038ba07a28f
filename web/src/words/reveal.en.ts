import type { revealWords as zh } from './reveal.zh-CN.ts'

export const revealWords: typeof zh = {
  reveal: {
    show: 'Show the household',
    about: 'Choose a reason and it is shown. Each look is counted and recorded with its reason.',
    choose: 'Usual reasons',
    reasons: {
      visit: 'Visit to the household',
      call: 'Call to the household',
      papers: 'Check of identity papers',
      payment: 'Check of payments',
    },
    other: 'Another reason, at least 5 characters',
    see: 'Show it for this reason',
    leave: 'Leave it',
    title: 'The household in the clear',
    name: 'Name',
    idNo: 'Identity number',
    phone: 'Telephone',
    village: 'Village',
    detail: 'About it',
    none: 'not recorded',
    hides: 'It is hidden after {minutes} {minutes|minute|minutes}, and when you leave this page.',
    left: 'Households you may still see within 24 hours: {count}.',
    hide: 'Hide',
    print: 'Print it with this',
    ways: {
      'reveal-limit': 'If it is urgent, ask a colleague who works on this item.',
      'second-factor-needed': 'Switch it on here:',
      anonymised: 'What happened and the outcome are still here.',
      'not-found': 'It may just have been cancelled or removed. Open the item again.',
    },
    not: {
      no: 'The household in the clear is for those who perform and review this item.',
      'second-factor': 'Seeing the household in the clear needs the second factor; switch it on here:',
      'sign-in-again': 'Sign in on this device again to see the household in the clear.',
    },
  },
}
