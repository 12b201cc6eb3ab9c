import { runProgram } from './program.ts'

await runProgram({
  mock: async () => (await import('./mock.ts')).mock,
  verify: async () => (await import('./verify.ts')).verify,
  gate: async () => (await import('./gate.ts')).gate,
  judge: async () => (await import('./judge.ts')).judge,
  token: async () => (await import('./suite-token.ts')).token,
  report: async () => (await import('./report.ts')).report,
  checks: async () => (await import('./checks.ts')).checks,
})
