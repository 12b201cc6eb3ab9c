import { parentPort, workerData } from 'node:worker_threads'
import { judgePages, judgePdf } from '../../../conformance/pdf/judge/judge.ts'
import { labelledFiles, outcomeOf } from '../labelled-files.ts'
import type { Answer, Request, Share } from './cases.ts'
import { drawnCases } from './drawn-cases.ts'
import { useWeights, type WeightName, weightsReadBy } from './weight-values.ts'

// Judges its share of the cases with weights that are sent to it. A thread has modules of its own, weights included.
const { seeds, part, parts } = workerData as Share
const isOwn = (_: unknown, at: number) => at % parts === part
const cases = drawnCases(seeds).filter(isOwn)
/** By case: which weights its judgement read when it was last judged with all of them set. */
const reads: Set<WeightName>[] = []

function judged({ pages, organizations, labelled }: (typeof cases)[number]) {
  return outcomeOf(labelled, judgePages(pages, { organizations }))
}

function drawnOutcomes({ weights, moved }: Request): Answer['outcomes'] {
  useWeights(weights)
  return cases.map((each, at) => {
    if (moved) return reads[at]!.has(moved) ? judged(each) : null
    let outcome: ReturnType<typeof judged>
    reads[at] = weightsReadBy(() => {
      outcome = judged(each)
    })
    return outcome!
  })
}

async function fileOutcomes({ weights }: Request): Promise<Pick<Answer, 'outcomes' | 'sets'>> {
  useWeights(weights)
  const files = labelledFiles().filter(isOwn)
  const outcomes: Answer['outcomes'] = []
  for (const labelled of files)
    outcomes.push(outcomeOf(labelled, await judgePdf(labelled.read(), labelled.expectation)))
  return { outcomes, sets: files.map(({ set }) => set) }
}

parentPort!.on('message', async (request: Request) => {
  const answer: Answer =
    request.material === 'drawn' ? { outcomes: drawnOutcomes(request) } : await fileOutcomes(request)
  parentPort!.postMessage(answer)
})
