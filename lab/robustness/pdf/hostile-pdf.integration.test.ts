import { afterAll, describe, expect, test } from 'vitest'
import type { inspectPdf } from '../../../conformance/pdf/inspect.ts'
import { Sandbox } from '../../../conformance/pdf/sandbox/sandbox.ts'
import type { Structure } from '../../../conformance/pdf/structure/structure.ts'
import { sample } from '../../../vitest.sampling.ts'
import { decompressionBombs } from './decompression-bombs.ts'
import { malformedValues } from './malformed-values.ts'
import { manyObjects } from './many-objects.ts'
import { referenceCycles } from './reference-cycles.ts'

const files = Object.entries({
  ...decompressionBombs,
  ...referenceCycles,
  ...manyObjects,
  ...malformedValues,
})
const inspection = {
  module: new URL('../../../conformance/pdf/inspect.ts', import.meta.url).href,
  name: 'inspectPdf' satisfies typeof inspectPdf.name,
}
const text = { module: new URL('./extract-text.ts', import.meta.url).href, name: 'extractText' }
/** Reading the structure ends by itself, within the memory that the suite gives it. */
const unhurried = new Sandbox({ timeoutMs: 60_000, memoryMb: 512 })
/** pdf.js may hang or take all memory: then the sandbox ends it. */
const strict = new Sandbox({ timeoutMs: 1000, memoryMb: 400 })
afterAll(() => {
  unhurried.close()
  strict.close()
})

test('at least 40 hostile files', () => {
  expect(files.length).toBeGreaterThanOrEqual(40)
})

describe('hostile files', () => {
  test.each(sample(40, files))('%s', { timeout: 90_000 }, async (_, make) => {
    const bytes = make()
    const [read, extracted] = await Promise.all([
      unhurried.run<Structure>(inspection, bytes),
      strict.run(text, bytes),
    ])
    expect(read).toMatchObject({ kind: 'done', value: { byteLength: bytes.length } })
    expect(extracted.kind).toMatch(/^(done|timedOut|outOfMemory|crashed)$/)
  })
})
