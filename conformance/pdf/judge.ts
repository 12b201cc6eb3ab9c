import { compare } from './compare.ts'
import { type Expectation, Facts } from './expectation.ts'
import type { Finding, Judgement } from './finding.ts'
import { nameGarbled } from './garbled.ts'
import { findHidden } from './hidden.ts'
import { understand } from './read.ts'
import { findPlaceholders, findWrongWorkspace } from './remarks.ts'
import { areUnexplained } from './roles.ts'
import { findStrangers } from './strangers.ts'
import { readStructure } from './structure.ts'
import { type Page, readText } from './text.ts'
import { areIllegible, countPictures, whyUnreadable } from './unreadable.ts'

export type { Expectation } from './expectation.ts'
export type { Confirmed, Finding, FindingKind, Judgement, Verdict } from './finding.ts'

/** Says whether a PDF details exactly these organizations. Never rejects: what cannot be opened is `broken`. */
export async function judgePdf(bytes: Uint8Array, expectation: Expectation): Promise<Judgement> {
  const started = performance.now()
  const done = (judgement: Omit<Judgement, 'durationMs'>): Judgement => ({
    ...judgement,
    durationMs: Math.round(performance.now() - started),
  })
  const broken = (messages: string[], pages = 0): Judgement => {
    const findings = messages.map((message): Finding => ({ kind: 'broken-file', message }))
    return done({ verdict: 'broken', pages, findings, confirmed: [] })
  }
  const problems = readStructure(bytes).problems.filter(({ severity }) => severity === 'broken')
  if (problems.length > 0) return broken(problems.map(({ message }) => message))
  let pages: Page[]
  try {
    pages = await readText(bytes)
  } catch (error) {
    return broken([error instanceof Error ? error.message : String(error)])
  }
  return done({ pages: pages.length, ...judgePages(pages, expectation) })
}

/** The judgement of what the pages show, apart from the file that holds them. */
export function judgePages(
  pages: Page[],
  expectation: Expectation,
): Pick<Judgement, 'verdict' | 'findings' | 'confirmed'> {
  const unreadable = (message: string): ReturnType<typeof judgePages> => ({
    verdict: 'unreadable',
    findings: [{ kind: 'unreadable-text', message }],
    confirmed: [],
  })
  const why = whyUnreadable(pages)
  if (why) return unreadable(why)
  const facts = new Facts(expectation.organizations)
  const understood = understand(pages, facts)
  if (areIllegible(pages, understood))
    return unreadable('The glyphs stand for no characters: the text cannot be extracted')

  if (areUnexplained(understood.placed, understood.roles))
    return unreadable('What most figures are figures of cannot be told: neither labels nor data explain them')
  const compared = compare(understood.passages, facts, expectation.usage)
  const { findings: foreign, garbled } = findStrangers(pages, understood, facts, expectation.foreign ?? [])
  const missing = facts.organizations.flatMap(({ id }, at) =>
    compared.findings.some(({ kind, organization }) => kind === 'missing-organization' && organization === id)
      ? [at]
      : [],
  )
  const unnamed = nameGarbled(garbled, missing, understood, facts)
  const explained = new Set([...unnamed.explained].map((at) => facts.organizations[at]!.id))
  const contents = compared.findings.filter(
    ({ kind, organization }) => kind !== 'missing-organization' || !explained.has(organization as string),
  )
  const findings = [
    ...findWrongWorkspace(pages, expectation),
    ...foreign,
    ...contents,
    ...unnamed.findings,
    ...findPlaceholders(pages, expectation),
    ...findHidden(pages, expectation, contents),
  ]
  const pictures = countPictures(pages)
  if (pictures > 0 && findings.length > 0 && findings.every(({ kind }) => kind.startsWith('missing-')))
    return unreadable(
      `${pictures} of ${pages.length} pages are pictures, and not all organizations are on the others`,
    )
  return {
    verdict: findings.length > 0 ? 'nonconforming' : 'conforming',
    findings,
    confirmed: compared.confirmed,
  }
}
