import { compare } from './compare.ts'
import { type Expectation, Facts } from './expectation.ts'
import type { Judgement } from './finding.ts'
import { understand } from './read.ts'
import { readText } from './text.ts'

/** Says whether a PDF details exactly these organizations. Never rejects: what cannot be opened is `broken`. */
export async function judgePdf(bytes: Uint8Array, expectation: Expectation): Promise<Judgement> {
  const started = performance.now()
  const done = (judgement: Omit<Judgement, 'durationMs'>): Judgement => ({
    ...judgement,
    durationMs: Math.round(performance.now() - started),
  })
  let pages: Awaited<ReturnType<typeof readText>>
  try {
    pages = await readText(bytes)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return done({ verdict: 'broken', pages: 0, findings: [{ kind: 'broken-file', message }], confirmed: [] })
  }
  const facts = new Facts(expectation.organizations)
  const understood = understand(pages, facts)
  const { findings, confirmed } = compare(understood.passages, facts, expectation.usage)
  return done({
    verdict: findings.length > 0 ? 'nonconforming' : 'conforming',
    pages: pages.length,
    findings,
    confirmed,
  })
}
