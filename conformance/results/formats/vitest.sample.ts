import { levels, type Outcome } from '../../catalogue/check.ts'
import { type CheckResult, type Report, summarize, verdictOf } from '../report.ts'

/** Everything that could steer a terminal, a page, a table, or the reader's eye. */
export const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>\u001b[2J\u202e|\`\`\`]]>&amp;\u0000`

/** A result with one exchange, for tests of formats. */
export function result(
  id: CheckResult['id'],
  outcome: Outcome,
  more: Partial<CheckResult> = {},
): CheckResult {
  const url = 'https://staging.example.com/workspaces/ws_a1/organizations/usage.pdf'
  return {
    id,
    area: id.slice(0, id.indexOf('-')),
    title: `The statement of ${id}`,
    level: 'contract',
    source: {
      document: 'rfc9110',
      anchor: '11.6.1',
      url: 'https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1',
    },
    covers: ['GET /workspaces/{workspaceId}/organizations/usage.pdf 401'],
    outcome,
    reason: outcome === 'passed' ? '' : `why ${id} ended so`,
    durationMs: 12,
    evidence:
      outcome === 'skipped'
        ? []
        : [
            {
              request: { method: 'GET', url, headers: { Authorization: 'Bearer $MEMBER_TOKEN' } },
              response: { status: 200, headers: { 'content-type': 'application/pdf' }, bytes: 4711 },
              curl: `curl -sS --path-as-is -D - -o answer -H "Authorization: Bearer $MEMBER_TOKEN" "${url}"`,
            },
          ],
    ...more,
  }
}

/** A report on these results: the same every time. */
export function report(checks: CheckResult[], more: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'altostrat-contract', version: '1.0.0' },
    contract: {
      title: 'Workspaces',
      version: '1.2.3',
      sha256: 'a'.repeat(64),
      answers: [200, 401, 403, 404].map(
        (status) => `GET /workspaces/{workspaceId}/organizations/usage.pdf ${status}`,
      ),
      statements: [
        { anchor: 'every-organization', title: 'Every organization' },
        { anchor: 'totals-add-up', title: 'Totals add up' },
      ],
    },
    target: 'https://staging.example.com',
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 1234,
    failOn: 'contract',
    verdict: verdictOf(checks, 'contract'),
    summary: summarize(checks),
    causes: checks
      .filter(({ outcome }) => outcome === 'failed')
      .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
      .map(({ id, level, reason, evidence: [shown] }) => ({
        title: reason.split('\n')[0]!,
        checks: [id],
        level,
        hint: `what makes ${id} fail`,
        ...(shown && { evidence: shown }),
      })),
    checks,
    ...more,
  }
}

/** One of each outcome, a failure that does not decide, and a check that the baseline expects to fail. */
export function mixedReport(): Report {
  return report([
    result('AUTH-001', 'passed'),
    result('AUTH-002', 'failed'),
    result('AUTH-003', 'known'),
    result('AUTH-004', 'passed', { isStale: true }),
    result('CACHE-001', 'failed', { level: 'advice' }),
    result('HTTP-001', 'cantTell', { level: 'http' }),
    result('HTTP-002', 'skipped', { level: 'http' }),
    result('HTTP-003', 'passed', {
      source: { document: 'report', anchor: 'every-organization', url: 'spec/report.md#every-organization' },
    }),
  ])
}

/** A report in which every string that a deployment has a say in is {@link hostile}. */
export function hostileReport(): Report {
  const checks = [
    result('AUTH-001', 'failed', {
      reason: hostile,
      evidence: [
        {
          request: {
            method: 'GET',
            url: `https://staging.example.com/${hostile}`,
            headers: { [hostile]: hostile },
          },
          response: {
            status: 200,
            headers: { [hostile]: [hostile, hostile], 'x-long': 'x'.repeat(9000) },
            bytes: 1,
          },
          notes: [hostile],
          curl: hostile,
        },
      ],
    }),
  ]
  return report(checks, { target: hostile, problem: hostile })
}
