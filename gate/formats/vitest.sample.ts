import type { GateCheck, GateFinding, GateReport } from '../gate-report.ts'
import { partOf, skippedPart, summarize, verdictOf } from '../verdict.ts'
import { gateFormats } from './index.ts'

/** The place of every finding and change. */
export const place = { file: 'spec/openapi.yaml', line: 42 }
const breaking = {
  id: 'operation-removed',
  place: '/paths/~1gone/get',
  placeIn: 'base' as const,
  operations: ['GET /gone'],
  message: 'GET /gone was removed | <script>',
  client: 'breaking' as const,
  server: 'harmless' as const,
  verdict: 'breaking' as const,
  file: place.file,
  line: place.line,
}
const risky = {
  ...breaking,
  message: 'GET /b was renamed',
  client: 'risky' as const,
  verdict: 'risky' as const,
}
const accepted = {
  ...breaking,
  message: 'GET /c was removed',
  accepted: { reason: 'agreed', expires: '2027-01-01' },
}

const findings: GateFinding[] = [
  {
    rule: 'change/operation-removed',
    severity: 'error',
    message: 'breaking: 100 % gone,\nreally',
    place,
    pointer: breaking.place,
  },
  { rule: 'change/operation-renamed', severity: 'warning', message: 'risky: renamed', place },
  { rule: 'change/operation-removed', severity: 'note', message: 'breaking: c', place, accepted: 'agreed' },
  { rule: 'change/operation-added', severity: 'note', message: 'harmless: added', place },
]

export const check = (
  id: string,
  outcome: GateCheck['outcome'],
  more: Partial<GateCheck> = {},
): GateCheck => ({
  id,
  title: `Title of ${id}`,
  outcome,
  reason: outcome === 'passed' ? '' : `reason of ${id} <&"\u0000`,
  examined: 1,
  decides: true,
  findings: [],
  ...more,
})

export const parts = [
  partOf('contract', '37 operations', [check('lint', 'passed'), check('prism', 'cantTell')], 10.4),
  partOf('compatibility', '1 breaking', [check('changes', 'failed', { findings })], 1),
  skippedPart('coverage', 'nobody asked'),
  partOf('deployment', 'x', [check('AUTH-001', 'known'), check('HTTP-001', 'failed', { decides: false })], 5),
]
/** A run in which each outcome, severity and impact occurs. */
export const report: GateReport = {
  schemaVersion: 1,
  tool: { name: 'altostrat-contract', version: '1.0.0' },
  contract: { file: place.file, title: 'API', version: '1', sha256: 'a'.repeat(64) },
  base: 'git:HEAD',
  target: 'http://127.0.0.1:4010',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1234,
  verdict: verdictOf(parts),
  summary: summarize(parts),
  parts,
  changes: [breaking, risky, accepted],
}

/** The sample report, or another, in one format. */
export const rendered = (format: keyof typeof gateFormats, of = report) =>
  gateFormats[format].render(of, { color: false })
