import type { Page } from '../../pages/page.ts'
import type { Expectation, ExpectedFigures } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'
import { findAlteredNames } from './altered-names.ts'
import { compare } from './compare.ts'
import { findExchangedHeadings } from './exchanged.ts'
import type { Finding, Judgement } from './finding.ts'
import { nameGarbled } from './garbled.ts'
import { findHidden } from './hidden.ts'
import { findPlaceholders, findWrongWorkspace } from './remarks.ts'
import { findWrongTotals } from './totals.ts'
import { findTruncated } from './truncated.ts'
import { findUncertain } from './uncertain.ts'
import { findUnknownRecords } from './unknown-records.ts'
import { countPictures, isOverprinted, isPatchy } from './unreadable.ts'
import { withoutFigures } from './without-figures.ts'

/** What a judgement says apart from the file. */
export type Decision = Pick<Judgement, 'verdict' | 'findings' | 'confirmed' | 'competing'>

/** That it cannot be told, and why. */
export function undecided(message: string): Decision {
  return { verdict: 'unreadable', findings: [{ kind: 'unreadable-text', message }], confirmed: [] }
}

/** The judgement of the pages as one reading of them has it. */
export function judgeReading(
  pages: Page[],
  understood: Understood,
  context: ExpectedFigures,
  expectation: Expectation,
): Decision {
  const compared = compare(understood.passages, context, expectation.usage)
  const { uncertain, open } = findUncertain(compared.findings, understood, context)
  const missing = context.organizations.flatMap(({ id }, at) =>
    compared.findings.some(({ kind, organization }) => kind === 'missing-organization' && organization === id)
      ? [at]
      : [],
  )
  const truncated = findTruncated(understood, missing, context)
  const { findings: foreign, garbled } = findUnknownRecords(pages, understood, context, truncated.anchors)
  const unfound = missing.filter((at) => !truncated.explained.has(at))
  const unnamed = nameGarbled(garbled, unfound, understood, context)
  const explained = new Set(
    [...truncated.explained, ...unnamed.explained].map((at) => context.organizations[at]!.id),
  )
  const contents = compared.findings.filter(
    (finding) =>
      !uncertain.has(finding) &&
      (finding.kind !== 'missing-organization' || !explained.has(finding.organization!)),
  )
  const remarks = [...findWrongWorkspace(pages, expectation), ...findPlaceholders(pages, expectation)]
  const question = open(contents)
  if (question) {
    const clear = [...remarks, ...withoutFigures(compared.findings, foreign, understood, context)]
    if (garbled.length > 0 || clear.length === 0) return undecided(question)
    return { verdict: 'nonconforming', findings: clear, confirmed: compared.confirmed }
  }
  const findings = [
    ...remarks,
    ...foreign,
    ...contents,
    ...findExchangedHeadings(understood, context),
    ...truncated.findings,
    ...unnamed.findings,
    ...(garbled.length > 0 ? [] : findAlteredNames(pages, understood, context)),
    ...findHidden(pages, expectation, contents),
  ]
  // Whatever glyphs are lost, a number that stands there is another one than that of the data.
  const isShown = ({ kind, found }: Finding) => kind.startsWith('wrong-') && /^\d+$/.test(found ?? '')
  if (!findings.every(isShown) && isPatchy(pages))
    return undecided(
      'Glyphs on most lines stand for no characters: what is missing may be there all the same',
    )
  if (findings.length > 0 && isOverprinted(pages))
    return undecided('Text is drawn over other text on most lines: what stands there cannot be told')
  // A total follows from its rows: where these are wrong, it is no defect of its own.
  if (findings.length === 0) findings.push(...findWrongTotals(understood, context))
  const pictures = countPictures(pages)
  if (pictures > 0 && findings.length > 0 && findings.every(({ kind }) => kind.startsWith('missing-')))
    return undecided(
      `${pictures} of ${pages.length} pages are pictures, and not all organizations are on the others`,
    )
  return {
    verdict: findings.length > 0 ? 'nonconforming' : 'conforming',
    findings,
    confirmed: compared.confirmed,
  }
}
