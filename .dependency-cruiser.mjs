// @ts-check

/**
 * The rooms of src/, lowest first: each may import only what stands before it, and itself (ARCHITECTURE.md).
 * `tests/docs/architecture.test.ts` holds the table there to this list.
 */
export const ROOMS = [
  'domain',
  'kinds',
  'contract',
  'db',
  'ledgers',
  'mail',
  'services',
  'activities',
  'workflows',
  'api',
  'engine',
  'demo',
  'rehearsal',
  'bin',
]

/** The subjects of src/services, lowest first; those between two bars do not need each other but for the order. */
export const SUBJECTS = [
  'vault',
  'watching',
  'schedule',
  'audit',
  'people',
  'attachments',
  'obligations',
  'deadlines',
  'recounts',
  'access',
  'key-rotation',
  'notifications',
  'campaigns',
  'problems',
  'bulk-runs',
  'roster',
  'sampling',
  'households',
  'statistics',
  'imports',
  'screenings',
  'comparisons',
  'accounting',
  'offboarding',
]

/**
 * @param {readonly string[]} list
 * @param {string} folder
 */
const oneWay = (list, folder) =>
  list.slice(0, -1).map((room, i) => ({
    name: `${folder}${room}-looks-up`,
    comment: `${folder}${room} may import only what stands before it in the list of .dependency-cruiser.mjs`,
    severity: /** @type {const} */ ('error'),
    from: { path: `^${folder}${room}/` },
    to: { path: `^${folder}(${list.slice(i + 1).join('|')})/` },
  }))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...oneWay(ROOMS, 'src/'),
    ...oneWay(SUBJECTS, 'src/services/'),
    {
      name: 'no-circles',
      comment: 'Two files that need each other, if only as types, are one file or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'workflows-see-types-of-activities',
      comment: 'A value of an activity would drag Node into the sandbox of the workflows.',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { path: '^src/(db|ledgers|mail|services|activities)/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6'],
  },
}
