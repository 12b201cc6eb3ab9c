import { parentPort, workerData } from 'node:worker_threads'
import type { Language } from '../../../conformance/pdf/judge/vocabulary/language.ts'
import { languages } from '../../../conformance/pdf/judge/vocabulary/languages.ts'
import { localWording } from '../languages/local-wording.ts'
import { nonsense } from './nonsense.ts'

// Judges reports whose words are unknown and posts the outcomes: those of `tag`, whose language the judge does not have
// here, or nonsense. A thread has modules of its own: the judge, loaded after the removal, derives its words without it.
const { tag, seeds } = workerData as { tag: string | null; seeds: number[] }
const wordings = {
  both: localWording(tag ?? 'en', 'both'),
  subtree: localWording(tag ?? 'en', 'subtree'),
}
const all = languages as Map<string, Language>
if (tag) all.delete(tag)
const { outcomesOf } = await import('./outcomes.ts')
parentPort!.postMessage(
  outcomesOf((shows) => (tag ? wordings[shows] : nonsense(wordings[shows], seeds[0]!)), seeds),
)
