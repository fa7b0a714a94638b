// The whole lint: typed rules for what types cannot say, limits of length, and the boundaries of the layers.
import js from '@eslint/js';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';
import { boundaries, unread } from './eslint.boundaries.config.js';

const tests = ['**/*.test.ts', '**/src/**/testing/**/*.ts', 'apps/*/e2e/**/*.ts', 'test/**/*.ts'];

const syntaxRefused = [
  { selector: 'TSAsExpression > TSAsExpression', message: 'A double cast hides a wrong type: parse, or fix the type.' },
  { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
];

/** Rules of the boundaries that set the same rule for one room: the refused syntax must stay refused there too. */
const withSyntaxRefused = boundaries.map((block) => {
  const own = block.rules?.['no-restricted-syntax'];
  if (own === undefined) return block;
  return { ...block, rules: { ...block.rules, 'no-restricted-syntax': [...own, ...syntaxRefused] } };
});

export default tseslint.config(
  unread,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './apps/console/app/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { paystrata: { rules: { 'long-file': builtinRules.get('max-lines') } } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-type-assertion': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      // In-memory adapters answer at once what their port promises: async without await is right there.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-syntax': ['error', ...syntaxRefused],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'paystrata/long-file': ['warn', 250],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['packages/*/src/**/*.ts'], ignores: tests, rules: { 'no-console': 'error' } },
  {
    files: tests,
    rules: {
      'max-lines-per-function': 'off',
      // expect(mock.method) names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.config.ts', '*.config.js', 'knip.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setInterval: 'readonly' },
    },
  },
  ...withSyntaxRefused,
);
