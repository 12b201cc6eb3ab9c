import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Outcomes } from './outcomes.ts'
import { removals } from './removals.ts'
import type { Removal } from './remove.ts'

// What the judge makes of reports that it was not made for: nonsense in place of every label, each language without its
// file, and nonsense without each strategy for layouts. `npm run judge:unseen [-- SEED…]`
const seeds = process.argv.slice(2).map(Number)
if (seeds.length === 0) seeds.push(41, 42, 43)

async function measure(removal: Removal | null): Promise<Outcomes> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: { removal, seeds } })
  const [outcomes] = await once(worker, 'message')
  await worker.terminate()
  return outcomes
}

const table: Record<string, Outcomes> = { 'nonsense words': await measure(null) }
const sums: Record<string, Outcomes> = {}
for (const removal of removals) {
  const outcomes = await measure(removal)
  table[`without ${removal.kind} ${removal.name}`] = outcomes
  const group = `each ${removal.kind === 'language' ? 'language' : 'strategy'} removed in turn`
  sums[group] ??= { right: 0, undecided: 0, blamed: 0, missed: 0 }
  for (const key of Object.keys(outcomes) as (keyof Outcomes)[]) sums[group][key] += outcomes[key]
}
console.table({ ...table, ...sums })
