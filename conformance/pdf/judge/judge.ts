import { inspectPdf } from '../inspect.ts'
import type { Page } from '../pages/page.ts'
import { readText } from '../pages/read-pages.ts'
import { interpretations } from './inference/search.ts'
import { withCompetingReadings } from './judging/competing-readings.ts'
import { decide, explainsAllFigures, passesOver } from './judging/decide.ts'
import type { Finding, Judgement } from './judging/finding.ts'
import { findForeignInHiddenParts } from './judging/foreign-in-hidden-parts.ts'
import { type Decision, judgeReading, undecided } from './judging/judge-reading.ts'
import { judgeShifted } from './judging/shifted.ts'
import { areIllegible, whyUnreadable } from './judging/unreadable.ts'
import { type Expectation, ExpectedFigures } from './reading/expectation.ts'
import { inOrderOfNames } from './reading/mixed-directions.ts'
import { type Understood, understand } from './reading/read.ts'

export type { Finding, FindingKind, Judgement, PdfVerdict } from './judging/finding.ts'
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
  const behind = await findForeignInHiddenParts(bytes, structure, expectation)
  if (behind.length === 0) return done({ pages: pages.length, ...judged })
  const shown = judged.verdict === 'unreadable' ? [] : judged.findings
  const named = new Set(shown.map(({ organization }) => organization))
  const findings = [...shown, ...behind.filter(({ organization }) => !named.has(organization))]
  return done({ pages: pages.length, ...judged, verdict: 'nonconforming', findings })
}

/** The judgement of what the pages show, apart from the file that holds them. */
export function judgePages(source: Page[], expectation: Expectation): Decision {
  const why = whyUnreadable(source)
  if (why) return undecided(why)
  const { organizations, foreign = [] } = expectation
  const context = new ExpectedFigures(organizations)
  const pages = inOrderOfNames(source, [...organizations, ...foreign])
  const understood = understand(pages, context, foreign)
  if (areIllegible(pages, understood))
    return undecided('The glyphs stand for no characters: the text cannot be extracted')
  const judge = (document: Understood) => judgeReading(pages, document, context, expectation)
  const usual = judge(understood)
  if (explainsAllFigures(usual)) return usual
  const found = interpretations(understood, context)
  const decision = decide(found.comparable, ({ document, isUsual, shift }) => {
    if (isUsual) return usual
    const explained = document()
    const judged = judge(explained)
    if (judged.verdict === 'conforming' && usual.findings.some((each) => passesOver(explained, each)))
      return undecided('A number stands in a record that one way to read the report passes over')
    return shift ? judgeShifted(judged, explained, shift) : judged
  })
  return decision.verdict === 'unreadable' ? withCompetingReadings(decision, found, context) : decision
}
