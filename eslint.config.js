// @ts-check
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/**
 * What oxlint (.oxlintrc.json) cannot check: business time, and the pages of the app, but for what needs types there
 * (scripts/lint-vue.mjs). Which room of src/ may import which, and that no files import in a circle, is checked by
 * .dependency-cruiser.mjs.
 */
export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', 'web/generated/**'] },
  {
    files: ['src/{domain,kinds,services,activities,workflows,ledgers}/**/*.ts'],
    // The one reader of the machine's clock for business (decision 7).
    ignores: ['src/services/schedule/clock.ts'],
    languageOptions: { parser: tseslint.parser },
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
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['web/**/*.vue'] })),
  {
    files: ['web/**/*.vue'],
    languageOptions: {
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      // A mail or a text of the server is shown as text or in a frame, never as markup of ours.
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      // How lines break is prettier's.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      // A prop that may be left out is undefined then: its type says so.
      'vue/require-default-prop': 'off',
    },
  },
)
