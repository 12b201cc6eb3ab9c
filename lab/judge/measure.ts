import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { judgePdf } from '../../conformance/pdf/judge/judge.ts'
import { filesOf, labelledFiles, outcomeOf } from './labelled-files.ts'

// Judges every file whose verdict is known, one after another: a line for each, to be compared with `diff`, and the
// counts of each set on standard error. `node lab/judge/measure.ts [--set NAME]… [--folder DIR] [--only PATTERN] [--all]`
const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true },
    /** One that `prints/make.ts` wrote, in place of the sets. */
    folder: { type: 'string' },
    only: { type: 'string', default: '' },
    /** Also what is right. */
    all: { type: 'boolean', default: false },
  },
})
const counts: Record<string, Record<string, number>> = {}
const { folder } = values
const files = folder ? filesOf(folder, pathToFileURL(`${resolve(folder)}/`)) : labelledFiles(values.set)
for (const labelled of files) {
  const { set, file } = labelled
  if (!new RegExp(values.only).test(`${set}/${file}`)) continue
  const judgement = await judgePdf(labelled.read(), labelled.expectation)
  const outcome = outcomeOf(labelled, judgement)
  counts[set] ??= {}
  counts[set][outcome] = (counts[set][outcome] ?? 0) + 1
  if (outcome === 'right' && !values.all) continue
  const { findings } = judgement
  const why = outcome === 'misnamed' ? labelled.objections(findings) : findings.map(({ message }) => message)
  console.log([outcome, `${set}/${file}`, why.length, ...why.slice(0, 3)].join('\t'))
}
console.error(counts)
