import type { absenceWords as zh } from './absences.zh-CN.ts'

export const absenceWords: typeof zh = {
  absences: {
    title: 'Absences and substitutes',
    about:
      'Enter it for a colleague who is ill or travelling and could not: meanwhile reminders and rights go to the substitute; without one, reminders go to the next level.',
    search: 'Name or office',
    none: 'No colleague for whom you may enter it.',
    change: 'Change the absence',
    endAsk: '{name} is back from now on: the substitute’s part ends, reminders and rights return.',
  },
}
