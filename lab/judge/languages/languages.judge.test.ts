import { describe, expect, test } from 'vitest'
import { judgePages } from '../../../conformance/pdf/judge/judge.ts'
import { languages } from '../../../conformance/pdf/judge/vocabulary/languages.ts'
import { sample } from '../../../vitest.sampling.ts'
import { organizationsOf } from '../corpus/organizations.ts'
import { drawReport, showsOf } from './drawn-report.ts'
import { localLayouts } from './local-layouts.ts'
import { localWording } from './local-wording.ts'

const organizations = organizationsOf(41, 12)
const names = [...languages].map(([tag, { name }]) => ({ tag, name }))
const layouts = Object.keys(localLayouts)

/** What the judge says of a report in a language, with or without a defect. */
function judged(tag: string, layout: string, defect: string | null) {
  const { pages, victims } = drawReport(organizations, localWording(tag, showsOf(layout)), layout, defect)!
  return { ...judgePages(pages, { organizations }), victims }
}

/** Names and figures run from the right, which lines of one name and few figures do not tell yet. */
const isReadable = (tag: string, layout: string) =>
  !['ar', 'he'].includes(tag) || layout === 'a group of columns a type'

/** A layout in which each defect is drawn, and the findings that it may have. */
const defects = [
  { defect: 'wrong usage', layout: 'a group of columns a type', kinds: ['wrong-usage'] },
  { defect: 'wrong limit', layout: 'labels and values', kinds: ['wrong-limit'] },
  { defect: 'limit lost', layout: 'ratios in words', kinds: ['missing-limit'] },
  { defect: 'zero as unlimited', layout: 'cards', kinds: ['wrong-limit'] },
  { defect: 'missing organization', layout: 'a row a type', kinds: ['missing-organization'] },
  { defect: 'foreign organization', layout: 'a group of columns a figure', kinds: ['foreign-organization'] },
  { defect: 'wrong total', layout: 'a section a type', kinds: ['wrong-total'] },
]

test('there are at least fifteen languages, each with words of its own', () => {
  expect(languages.size).toBeGreaterThanOrEqual(15)
  const limits = [...languages.values()].map(({ figures }) => figures.limit)
  expect(new Set(limits).size).toBe(languages.size)
})

describe.each(sample(6, names))('$name', ({ tag }) => {
  test.each(layouts.filter((layout) => isReadable(tag, layout)))(
    'a right report with %s conforms',
    (layout) => {
      const { verdict, findings } = judged(tag, layout, null)
      expect({ verdict, findings: findings.map(({ message }) => message) }).toEqual({
        verdict: 'conforming',
        findings: [],
      })
    },
  )

  test.each(defects.filter(({ layout }) => isReadable(tag, layout)))(
    '$defect, shown with $layout, is found and nothing else',
    ({ defect, layout, kinds }) => {
      const { verdict, findings, victims } = judged(tag, layout, defect)
      expect(verdict).toBe('nonconforming')
      expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(kinds))
      for (const victim of victims) expect(findings.map(({ organization }) => organization)).toContain(victim)
    },
  )
})
