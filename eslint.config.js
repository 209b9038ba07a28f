// @ts-check
import tseslint from 'typescript-eslint'

/** Imports point one way (ARCHITECTURE.md): each folder of src/ names the folders it may not touch. */
const layers = {
  domain: [
    'contract',
    'db',
    'mail',
    'ledgers',
    'access',
    'workflows',
    'activities',
    'api',
    'engine',
    'demo',
    'rehearsal',
    'bin',
  ],
  contract: [
    'db',
    'mail',
    'ledgers',
    'access',
    'workflows',
    'activities',
    'api',
    'engine',
    'demo',
    'rehearsal',
    'bin',
  ],
  db: ['mail', 'ledgers', 'access', 'workflows', 'activities', 'api', 'engine', 'demo', 'rehearsal', 'bin'],
  mail: ['ledgers', 'access', 'workflows', 'activities', 'api', 'engine', 'demo', 'rehearsal', 'bin'],
  ledgers: ['db', 'mail', 'access', 'workflows', 'activities', 'api', 'engine', 'rehearsal', 'bin'],
  access: ['ledgers', 'workflows', 'activities', 'api', 'engine', 'demo', 'rehearsal', 'bin'],
  activities: ['access', 'workflows', 'api', 'demo', 'rehearsal', 'bin'],
  workflows: ['db', 'mail', 'ledgers', 'access', 'api', 'engine', 'demo', 'rehearsal', 'bin'],
  api: ['workflows', 'activities', 'demo', 'rehearsal', 'bin'],
  engine: ['access', 'workflows', 'api', 'demo', 'rehearsal', 'bin'],
  demo: ['workflows', 'api', 'rehearsal', 'bin'],
  rehearsal: ['bin', 'workflows', 'activities'],
}

const boundaries = Object.entries(layers).map(([layer, forbidden]) => ({
  files: [`src/${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
            message: `src/${layer} may not import this: imports point one way (ARCHITECTURE.md).`,
          },
        ],
      },
    ],
  },
}))

/** Workflows see activities as types only: a value import would drag Node into the sandbox. */
const workflowsSeeTypesOnly = {
  files: ['src/workflows/**/*.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: [{ regex: '/activities/', allowTypeImports: true, message: 'import type only' }] },
    ],
  },
}

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      // Leaving a field out by naming it is the clearest way to leave it out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/{domain,activities,workflows,ledgers}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Business time is an argument.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Business time is an argument.',
        },
      ],
    },
  },
  ...boundaries,
  workflowsSeeTypesOnly,
)
