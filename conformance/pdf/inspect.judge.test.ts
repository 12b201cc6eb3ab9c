import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inspectPdf } from './inspect.ts'

/** PDFs by programs other than ours; not part of the project. */
const corpus = new URL('../../../shared/corpus/', import.meta.url)
describe.runIf(existsSync(corpus))('the corpus', () => {
  const manifest: { file: string; verdict: string }[] = existsSync(corpus)
    ? JSON.parse(readFileSync(new URL('manifest.json', corpus), 'utf8'))
    : []
  test.each(manifest)('$file is $verdict', async ({ file, verdict }) => {
    const { problems } = await inspectPdf(readFileSync(new URL(file, corpus)))
    const severities = new Set(problems.map(({ severity }) => severity))
    expect(severities.has('broken')).toBe(verdict === 'broken')
    expect(severities.has('defect') && verdict !== 'broken').toBe(false)
  })
})
