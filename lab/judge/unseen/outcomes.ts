import { judgePages } from '../../../conformance/pdf/judge/judge.ts'
import { organizationsOf } from '../corpus/organizations.ts'
import { drawReport, showsOf } from '../languages/drawn-report.ts'
import { localLayouts } from '../languages/local-layouts.ts'
import type { LocalWording } from '../languages/local-wording.ts'

/** How many verdicts are right; `blamed` are right reports called wrong, `missed` wrong ones that pass. */
export interface Outcomes {
  right: number
  undecided: number
  blamed: number
  missed: number
}

/** Defects that the figures alone tell, whatever the words. */
const defects = [null, 'wrong usage', 'wrong limit', 'missing organization', 'swapped rows']

/** The outcomes of reports in every layout, right ones and ones with each defect. */
export function outcomesOf(
  wordingOf: (shows: 'both' | 'subtree') => LocalWording,
  seeds: number[],
): Outcomes {
  const outcomes: Outcomes = { right: 0, undecided: 0, blamed: 0, missed: 0 }
  for (const seed of seeds) {
    const organizations = organizationsOf(seed, 12)
    for (const layout of Object.keys(localLayouts))
      for (const defect of defects) {
        const report = drawReport(organizations, wordingOf(showsOf(layout)), layout, defect)
        if (!report) continue
        const { verdict } = judgePages(report.pages, { organizations })
        if (verdict === 'unreadable') outcomes.undecided += 1
        else if ((verdict === 'conforming') === (defect === null)) outcomes.right += 1
        else outcomes[defect === null ? 'blamed' : 'missed'] += 1
      }
  }
  return outcomes
}
