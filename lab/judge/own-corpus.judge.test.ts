import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { judgePdf } from '../../conformance/pdf/judge/judge.ts'
import type { Defect } from './corpus/mutations.ts'
import { organizationsOf, renamed } from './corpus/organizations.ts'

interface Entry {
  file: string
  seed: number
  names?: string[]
  verdict: string
  defect: Defect | null
}

const folder = new URL('./corpus/files/', import.meta.url)
const entries: Entry[] = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'))

test('every layout has a right file and a wrong one', () => {
  expect(entries.filter(({ verdict }) => verdict === 'conforming').length).toBeGreaterThanOrEqual(18)
  expect(entries.filter(({ verdict }) => verdict === 'nonconforming').length).toBeGreaterThanOrEqual(18)
})

test.each(entries)('$file is $verdict', async ({ file, seed, names, verdict, defect }) => {
  const organizations = renamed(organizationsOf(seed, 9), names ?? [])
  const judgement = await judgePdf(readFileSync(new URL(file, folder)), { organizations })
  expect(judgement).toMatchObject({ verdict })
  const named = judgement.findings.filter(({ kind }) => defect?.named.includes(kind))
  expect(named.length).toBe(judgement.findings.length)
  for (const victim of defect?.victims ?? [])
    expect(named.map(({ organization }) => organization)).toContain(victim)
})
