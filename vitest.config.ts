import { defineConfig } from 'vitest/config'

const beyondNpmTest = {
  /** The packed package, installed in an empty project: needs the npm registry. */
  package: 'scripts/package.test.ts',
  /** What a person sees in a browser: needs Chromium. */
  browser: '**/*.browser.test.ts',
  /** A second opinion on our PDFs by qpdf and poppler. */
  tools: '**/*.tools.test.ts',
}

const never = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          globalSetup: 'server/vitest.setup.ts',
          include: ['**/*.test.ts'],
          exclude: [...never, ...Object.values(beyondNpmTest)],
        },
      },
      ...Object.entries(beyondNpmTest).map(([name, include]) => ({
        extends: true as const,
        test: { name, include: [include], exclude: never, testTimeout: 120_000, hookTimeout: 300_000 },
      })),
    ],
  },
})
