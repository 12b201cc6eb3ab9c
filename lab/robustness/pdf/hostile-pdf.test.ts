import { afterAll, describe, expect, test } from 'vitest'
import { Sandbox } from '../../../conformance/pdf/sandbox/sandbox.ts'
import type { Structure } from '../../../conformance/pdf/structure/structure.ts'
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
const structure = {
  module: new URL('../../../conformance/pdf/structure/structure.ts', import.meta.url).href,
  name: 'readStructure',
}
const text = { module: new URL('./extract-text.ts', import.meta.url).href, name: 'extractText' }
const wide = new Sandbox({ timeoutMs: 60_000, memoryMb: 512 })
const narrow = new Sandbox({ timeoutMs: 1000, memoryMb: 400 })
afterAll(() => {
  wide.close()
  narrow.close()
})

test('at least 40 hostile files', () => {
  expect(files.length).toBeGreaterThanOrEqual(40)
})

describe('hostile files', () => {
  test.each(files)('%s', { timeout: 90_000 }, async (_, make) => {
    const bytes = make()
    const [read, extracted] = await Promise.all([
      wide.run<Structure>(structure, bytes),
      narrow.run(text, bytes),
    ])
    expect(read).toMatchObject({ kind: 'done', value: { byteLength: bytes.length } })
    expect(extracted.kind).toMatch(/^(done|timedOut|outOfMemory|crashed)$/)
  })
})
