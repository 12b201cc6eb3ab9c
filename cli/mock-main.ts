import { runProgram } from './program.ts'

/** The commands of the package altostrat-contract-mock. */
await runProgram({
  mock: async () => (await import('./mock.ts')).mock,
  token: async () => (await import('./token.ts')).token,
  report: async () => (await import('./report.ts')).report,
})
