import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Judgement } from '../../conformance/pdf/judge/judge.ts'
import { SandboxedJudge } from '../../conformance/pdf/judge/sandboxed-judge.ts'
import { Sandbox } from '../../conformance/pdf/sandbox/sandbox.ts'
import { sample } from '../../vitest.sampling.ts'
import { type LabelledFile, labelledFiles } from './labelled-files.ts'

/** PDFs by programs other than ours, with their right verdicts; not part of the project. */
const files = sample(24, labelledFiles(['corpus']))
const judgements = new Map<string, Judgement>()

const setOf = ({ hard }: LabelledFile) => (hard ? 'layouts a reader may give up on' : 'ordinary layouts')

describe.skipIf(files.length === 0)('the corpus', () => {
  beforeAll(async () => {
    const queue = [...files]
    const work = Array.from({ length: Math.min(3, availableParallelism()) }, async () => {
      using judge = new SandboxedJudge(new Sandbox({ timeoutMs: 120_000, memoryMb: 1024 }))
      for (let next = queue.shift(); next; next = queue.shift())
        judgements.set(next.file, await judge.judge(next.read(), next.expectation))
    })
    await Promise.all(work)
  }, 300_000)
  afterAll(() => judgements.clear())

  // A sample may hold no layouts of one kind, and a suite without a test fails.
  describe.each([...Map.groupBy(files, setOf)])('%s', (_, chosen) => {
    test.each(chosen)('$file is $verdict', ({ file, verdict, objections }) => {
      const judgement = judgements.get(file)!
      expect({ verdict: judgement.verdict, objections: objections(judgement.findings) }).toEqual({
        verdict,
        objections: [],
      })
    })
  })
})
