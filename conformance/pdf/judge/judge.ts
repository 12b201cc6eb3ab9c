import { inspectPdf } from '../inspect.ts'
import type { Page } from '../pages/page.ts'
import { readText } from '../pages/read-pages.ts'
import { findBehind } from './judging/behind.ts'
import { compare } from './judging/compare.ts'
import { findConfused } from './judging/confused.ts'
import { areAstray, doubtful, withoutFigures } from './judging/doubt.ts'
import type { Finding, Judgement } from './judging/finding.ts'
import { nameGarbled } from './judging/garbled.ts'
import { findHidden } from './judging/hidden.ts'
import { findMisnamed } from './judging/misnamed.ts'
import { findPlaceholders, findWrongWorkspace } from './judging/remarks.ts'
import { findStrangers } from './judging/strangers.ts'
import { findWrongTotals } from './judging/totals.ts'
import { areIllegible, countPictures, isPatchy, whyUnreadable } from './judging/unreadable.ts'
import { type Expectation, ExpectedFigures } from './reading/expectation.ts'
import { understand } from './reading/read.ts'
import { areUnexplained } from './reading/roles.ts'

export type { Confirmed, Finding, FindingKind, Judgement, PdfVerdict } from './judging/finding.ts'
export type { Expectation } from './reading/expectation.ts'

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
  const structure = await inspectPdf(bytes)
  const problems = structure.problems.filter(({ severity }) => severity === 'broken')
  if (problems.length > 0) return broken(problems.map(({ message }) => message))
  let pages: Page[]
  try {
    pages = await readText(bytes)
  } catch (error) {
    return broken([error instanceof Error ? error.message : String(error)])
  }
  const judged = judgePages(pages, expectation)
  const behind = await findBehind(bytes, structure, expectation)
  if (behind.length === 0) return done({ pages: pages.length, ...judged })
  const shown = judged.verdict === 'unreadable' ? [] : judged.findings
  const named = new Set(shown.map(({ organization }) => organization))
  const findings = [...shown, ...behind.filter(({ organization }) => !named.has(organization))]
  return done({ pages: pages.length, ...judged, verdict: 'nonconforming', findings })
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
  const context = new ExpectedFigures(expectation.organizations)
  const understood = understand(pages, context, expectation.foreign)
  if (areIllegible(pages, understood))
    return unreadable('The glyphs stand for no characters: the text cannot be extracted')

  const compared = compare(understood.passages, context, expectation.usage)
  const doubted = doubtful(compared.findings, understood, context)
  const { findings: foreign, garbled } = findStrangers(pages, understood, context)
  const missing = context.organizations.flatMap(({ id }, at) =>
    compared.findings.some(({ kind, organization }) => kind === 'missing-organization' && organization === id)
      ? [at]
      : [],
  )
  const unnamed = nameGarbled(garbled, missing, understood, context)
  const explained = new Set([...unnamed.explained].map((at) => context.organizations[at]!.id))
  const contents = compared.findings.filter(
    (finding) =>
      !doubted.has(finding) &&
      (finding.kind !== 'missing-organization' || !explained.has(finding.organization!)),
  )
  const remarks = [...findWrongWorkspace(pages, expectation), ...findPlaceholders(pages, expectation)]
  const open = areUnexplained(understood.placed, understood.roles)
    ? 'What most figures are figures of cannot be told: neither labels nor data explain them'
    : doubted.size > contents.length
      ? `${doubted.size} figures stand beside their organizations, but it cannot be told what they are figures of`
      : areAstray(contents, understood, context)
        ? 'Most figures that seem to be missing are in the report, but it cannot be told whose they are'
        : null
  if (open) {
    const clear = [...remarks, ...withoutFigures(compared.findings, foreign, understood, context)]
    if (garbled.length > 0 || clear.length === 0) return unreadable(open)
    return { verdict: 'nonconforming', findings: clear, confirmed: compared.confirmed }
  }
  const findings = [
    ...remarks,
    ...foreign,
    ...contents,
    ...findConfused(understood.passages, context),
    ...unnamed.findings,
    ...(garbled.length > 0 ? [] : findMisnamed(pages, understood, context)),
    ...findHidden(pages, expectation, contents),
  ]
  if (findings.length > 0 && isPatchy(pages))
    return unreadable(
      'Glyphs on most lines stand for no characters: what is missing may be there all the same',
    )
  // A total follows from its rows: where these are wrong, it is no defect of its own.
  if (findings.length === 0) findings.push(...findWrongTotals(understood, context))
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
