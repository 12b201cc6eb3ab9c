import { languages } from '../../../conformance/pdf/judge/vocabulary/languages.ts'
import type { Page } from '../../../conformance/pdf/pages/page.ts'
import type { Organization } from '../../../fixtures/organization.ts'
import { mutations } from '../corpus/mutations.ts'
import { organizationsOf } from '../corpus/organizations.ts'
import type { Labelled } from '../labelled-files.ts'
import { drawReport, showsOf } from '../languages/drawn-report.ts'
import { localLayouts } from '../languages/local-layouts.ts'
import { localWording } from '../languages/local-wording.ts'
import { nonsense } from '../unseen/nonsense.ts'

/** A report whose verdict is known, in the page model: no file needs to be read. */
export interface DrawnCase {
  pages: Page[]
  organizations: Organization[]
  labelled: Labelled
}

const defects = [null, 'wrong total', ...Object.keys(mutations)]

/** Reports in every layout, right ones and ones with each defect, in words of one language after the other and in nonsense. */
export function drawnCases(seeds: number[]): DrawnCase[] {
  const tags = [...languages.keys()]
  const drawn = seeds.flatMap((seed) => {
    const organizations = organizationsOf(seed, 12)
    return Object.keys(localLayouts).flatMap((layout) =>
      defects.flatMap((defect) => [
        { seed, organizations, layout, defect, isNonsense: false },
        { seed, organizations, layout, defect, isNonsense: true },
      ]),
    )
  })
  return drawn.flatMap(({ seed, organizations, layout, defect, isNonsense }, at): DrawnCase[] => {
    const known = localWording(tags[at % tags.length]!, showsOf(layout))
    const report = drawReport(organizations, isNonsense ? nonsense(known, seed) : known, layout, defect)
    return report ? [{ pages: report.pages, organizations, labelled: labelOf(defect, report.victims) }] : []
  })
}

/** The one defect is found, and nobody else is blamed. */
function labelOf(defect: string | null, victims: string[]): Labelled {
  return {
    verdict: defect ? 'nonconforming' : 'conforming',
    objections: (findings) => {
      const blamed = new Set(findings.flatMap(({ organization = [] }) => organization))
      const others = victims.length > 0 ? [...blamed].filter((each) => !victims.includes(each)) : []
      return [
        ...victims.filter((victim) => !blamed.has(victim)).map((victim) => `not named: ${victim}`),
        ...others.map((other) => `not the defect: ${other}`),
      ]
    },
  }
}
