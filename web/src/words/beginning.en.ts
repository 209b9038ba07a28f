import type { beginningWords as zh } from './beginning.zh-CN.ts'

export const beginningWords: typeof zh = {
  beginning: {
    title: 'Beginning: before the county goes live',
    left: '{count} {count|step is|steps are} left',
    allDone: 'All is done. What is missing again later stands here again.',
    missing: '{count} {count|is|are} missing: {names}',
    state: {
      done: 'Done',
      open: 'To do',
    },
    step: {
      offices: 'Offices',
      people: 'Somebody in every office',
      passwords: 'Everybody has a password',
      policy: 'The county’s own policy',
      calendar: 'The calendar of this year',
      'next-calendar': 'The calendar of next year',
      campaign: 'The campaign of this year',
      mail: 'Mail is open',
    },
    how: {
      offices:
        'The towns, and the centre that supervises. Add and name them on the page of offices; the first may come from a file, see “beginning” in the manual.',
      people:
        'Each town needs an officer and a head, the bureau a leader, the relief centre somebody. Add them on the page of people, one by one or from a file; the link for a password goes by mail.',
      passwords:
        'Nobody comes in without one. The page of people sends the link again, or a test mail first, and shows what the server answered.',
      policy:
        'Limits, reminders and rungs as the county wants them; the relief centre or a leader publishes them on the page of rules. The example is no rule of the state. The manual says how it is written.',
      calendar: 'Working days are counted right only with the holidays of this year.',
      'next-calendar':
        'Once the State Council has announced it, the relief centre or a leader enters the days on the page of the calendar, or upgrade; until then the days of next year are provisional.',
      campaign:
        'The relief centre or a leader launches it on the page Plan of the year. In the middle of a year, past phases can be said to be done; a preview tells whom the first round reaches.',
      mail: 'While the county prepares, no mail leaves. It is opened here once all is ready, and never closed again.',
    },
  },
}
