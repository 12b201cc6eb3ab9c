import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { languages } from '../../../conformance/pdf/judge/vocabulary/languages.ts'
import type { Outcomes } from './outcomes.ts'

// What the judge makes of reports in words that it does not know: nonsense in place of every label, then each language
// without its file. `npm run judge:unseen [-- SEED…]`
const seeds = process.argv.slice(2).map(Number)
if (seeds.length === 0) seeds.push(41, 42, 43)

/** The outcomes with the language removed; with nonsense for null. */
async function measure(tag: string | null): Promise<Outcomes> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: { tag, seeds } })
  const [outcomes] = await once(worker, 'message')
  await worker.terminate()
  return outcomes
}

const table: Record<string, Outcomes> = { 'nonsense words': await measure(null) }
const sum: Outcomes = { right: 0, undecided: 0, blamed: 0, missed: 0 }
for (const [tag, { name }] of languages) {
  const outcomes = await measure(tag)
  table[`without ${name}`] = outcomes
  for (const key of Object.keys(sum) as (keyof Outcomes)[]) sum[key] += outcomes[key]
}
table['each language removed in turn'] = sum
console.table(table)
