import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Finding, FindingKind, Judgement } from '../../conformance/pdf/judge/judge.ts'
import { SandboxedJudge } from '../../conformance/pdf/judge/sandboxed-judge.ts'
import { readOrganizations } from '../../fixtures/payload.ts'
import { sample } from '../../vitest.sampling.ts'

/** PDFs by programs other than ours, with their right verdicts; not part of the project. */
const corpus = '../shared/corpus/'

interface Defect {
  kind: string
  org_ids: string[]
  field: string | null
  shown: unknown
  expected: unknown
}

interface Entry {
  file: string
  dataset: string | null
  layout: string | null
  hard: boolean
  verdict: Judgement['verdict']
  defect: Defect | null
}

/** The kinds of findings that a defect of the corpus may have. */
const kinds: Record<string, FindingKind[]> = {
  'missing-leaf-page': ['missing-organization'],
  'missing-org': ['missing-organization'],
  'duplicate-missing': ['missing-organization'],
  'wrong-usage': ['wrong-usage'],
  'wrong-limit': ['wrong-limit'],
  'zero-as-unlimited': ['wrong-limit'],
  'limit-missing': ['missing-limit'],
  'usage-missing': ['missing-usage', 'missing-limit'],
  'swapped-rows': ['wrong-usage', 'wrong-limit', 'missing-usage', 'missing-limit'],
  'foreign-org': ['foreign-organization'],
  'foreign-report': ['foreign-organization', 'missing-organization', 'wrong-workspace'],
  'name-garbled': ['unreadable-text'],
}

const all: Entry[] = existsSync(`${corpus}manifest.json`)
  ? JSON.parse(readFileSync(`${corpus}manifest.json`, 'utf8'))
  : []
const entries = sample(8, all)
const judgements = new Map<string, Judgement>()

describe.skipIf(entries.length === 0)('the corpus', () => {
  beforeAll(async () => {
    const queue = [...entries]
    const work = Array.from({ length: Math.min(3, availableParallelism()) }, async () => {
      using judge = new SandboxedJudge({ timeoutMs: 120_000, memoryMb: 1024 })
      for (let entry = queue.shift(); entry; entry = queue.shift())
        judgements.set(entry.file, await judge.judge(readFileSync(corpus + entry.file), expectationOf(entry)))
    })
    await Promise.all(work)
  }, 300_000)
  afterAll(() => judgements.clear())

  describe.each(['ordinary layouts', 'layouts a reader may give up on'])('%s', (set) => {
    const chosen = entries.filter(({ hard }) => hard === (set !== 'ordinary layouts'))
    test.each(chosen)('$file is $verdict', (entry) => {
      const judgement = judgements.get(entry.file)!
      expect({ verdict: judgement.verdict, unexplained: unexplained(entry, judgement.findings) }).toEqual({
        verdict: entry.verdict,
        unexplained: [],
      })
      if (entry.verdict === 'nonconforming') expectNamed(entry.defect!, judgement.findings)
    })
  })
})

function expectationOf({ dataset }: Entry) {
  if (!dataset) return { organizations: [] }
  const data = JSON.parse(readFileSync(`${corpus}datasets/${dataset}.json`, 'utf8'))
  return {
    organizations: readOrganizations(data.organizations, dataset),
    foreign: readOrganizations(data.foreign, dataset),
    workspace: { id: data.workspace.id, name: data.workspace.name },
  }
}

/** Messages of findings about anything but the one defect. */
function unexplained({ verdict, defect }: Entry, findings: Finding[]): string[] {
  if (verdict === 'unreadable' || verdict === 'broken') return []
  const known = kinds[defect?.kind ?? ''] ?? []
  const victims = defect?.org_ids ?? []
  return findings
    .filter(({ kind, organization }) => {
      if (!known.includes(kind)) return true
      return (
        defect?.kind !== 'foreign-report' && organization !== undefined && !victims.includes(organization)
      )
    })
    .map(({ message }) => message)
}

function expectNamed({ kind, org_ids, field, shown, expected }: Defect, findings: Finding[]): void {
  const named = findings.filter((finding) => kinds[kind]?.includes(finding.kind))
  if (kind === 'foreign-report') {
    expect(named.length).toBeGreaterThanOrEqual(org_ids.length)
    return
  }
  if (kind === 'foreign-org') {
    expect(named.map(({ name }) => name)).toEqual([shown])
    return
  }
  for (const victim of org_ids) expect(named.map(({ organization }) => organization)).toContain(victim)
  if (kind !== 'wrong-usage' && kind !== 'wrong-limit') return
  const [finding] = named
  // Where no organization has children both usage figures are the same, and either name is right.
  expect(finding?.field?.replace('subtree_', '')).toBe(field?.replace('subtree_', ''))
  expect([finding?.expected, finding?.found?.replace(/\D/g, '')]).toEqual([String(expected), String(shown)])
}
