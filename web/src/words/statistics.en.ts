import type { statisticsWords } from './statistics.zh-CN.ts'

/** Counts by town and village, and the inspection pack. */
export const statisticsEn: typeof statisticsWords = {
  across: {
    ending: 'What became of it',
    outcome: 'Outcome',
    level: 'Level',
    cause: 'Cause',
    group: 'Key group',
    source: 'Source',
  },
  down: { town: 'Towns', village: 'Villages' },
  span: { issued: 'Day of issue', accepted: 'Day of acceptance' },
  pack: {
    title: 'Inspection pack',
    about:
      'One zip: cover, statistics, the ledgers of each kind, phases and gates, households, with the rows and the digest of each file; of what you see. Households are masked.',
    clear:
      'Households in the clear (each counts as one look; downloaded again within 24 hours it counts no more)',
    reason: 'Why they are needed in the clear (kept on record)',
    make: 'Make and download',
    making: 'Being made…',
    progress: 'File {nth} of {of}: {name}',
    done: 'Downloaded.',
  },
  statistics: {
    title: 'Statistics',
    by: 'Across by',
    places: 'Down by',
    days: 'By which day',
    from: 'From',
    to: 'To',
    kind: 'Kind',
    town: 'Office',
    village: 'Village (masked)',
    sum: 'Total',
    households: 'Households',
    table: 'Counts by {across}',
    all: 'All towns',
    download: 'Download this table (Excel)',
    screenings: 'Download the screening table (Excel)',
    none: 'There is nothing to count in this time.',
    notAccepted:
      '“No accepted outcome yet” counts what is being done, and what was handed in and waits for its review.',
    rules: {
      items:
        'Items: without those that were cancelled; each counts once, in one row and one column, so that rows and columns add up to the total.',
      households:
        'Households: those of one identity number are one, so are those that a person joined and those of what follows from one item; one without a number counts with each item, and one whose data were deleted after their retention counts no more. A household in several columns or rows counts once in the total, so columns and rows may add up to more.',
    },
  },
}
