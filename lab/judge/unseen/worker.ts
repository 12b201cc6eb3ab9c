import { parentPort, workerData } from 'node:worker_threads'
import { localWording } from '../languages/local-wording.ts'
import { nonsense } from './nonsense.ts'
import { type Removal, remove } from './remove.ts'

// Judges reports without something that the judge has and posts the outcomes: in the words of a language that was
// removed, else in nonsense, so that strategies and not labels decide. A thread has modules of its own: the judge, loaded
// after the removal, derives its words without it.
const { removal, seeds } = workerData as { removal: Removal | null; seeds: number[] }
const tag = removal?.kind === 'language' ? removal.name : null
const wordings = {
  both: localWording(tag ?? 'en', 'both'),
  subtree: localWording(tag ?? 'en', 'subtree'),
}
if (removal) await remove(removal)
const { outcomesOf } = await import('./outcomes.ts')
parentPort!.postMessage(
  outcomesOf((shows) => (tag ? wordings[shows] : nonsense(wordings[shows], seeds[0]!)), seeds),
)
