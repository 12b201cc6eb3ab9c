import { judgePdf } from '../../conformance/pdf/judge/judge.ts'
import { layouts } from './corpus/layouts.ts'
import { mutations, rowsOf } from './corpus/mutations.ts'
import { organizationsOf, randomFrom } from './corpus/organizations.ts'
import { wordings } from './corpus/wordings.ts'

// Draws random organizations in every layout and wording, right and with one defect each, and counts the verdicts.
// `node lab/judge/mutation-rates.ts [rounds]`
const rounds = Number(process.argv[2] ?? 1)
const counts: Record<string, Record<string, number>> = {}
const count = (style: string, outcome: string) => {
  counts[style] ??= {}
  const of = counts[style]
  of[outcome] = (of[outcome] ?? 0) + 1
}
for (let round = 1; round <= rounds; round += 1)
  for (const [at, draw] of Object.values(layouts).entries())
    for (const [name, style] of Object.entries(wordings)) {
      const seed = round * 1000 + at
      const organizations = organizationsOf(seed, [5, 12, 30, 9][round % 4]!)
      const right = rowsOf(organizations, style)
      const { verdict } = await judgePdf(await draw(right, style), { organizations })
      count(
        name,
        verdict === 'conforming'
          ? 'right files passed'
          : verdict === 'unreadable'
            ? 'right files undecided'
            : 'right files failed',
      )
      for (const mutation of Object.values(mutations)) {
        const rows = structuredClone(right)
        const defect = mutation(rows, organizations, style, randomFrom(seed))
        if (!defect) continue
        const judged = await judgePdf(await draw(rows, style), { organizations })
        const named = judged.findings.filter(({ kind }) => defect.named.includes(kind))
        const isNamed =
          named.length > 0 &&
          defect.victims.every((victim) => named.some(({ organization }) => organization === victim))
        if (judged.verdict !== 'nonconforming')
          count(name, judged.verdict === 'unreadable' ? 'defects undecided' : 'defects missed')
        else count(name, isNamed ? 'defects named' : 'defects misnamed')
      }
    }
console.table(counts)
