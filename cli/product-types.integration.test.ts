import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('a row is all that a new product type needs', () => {
  const script = fileURLToPath(new URL('./vitest.new-product-type.ts', import.meta.url))
  const read = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }))
  expect(read).toMatchObject({ order: ['storage', 'apps'], label: 'Storage (GB)', judged: 'storage' })
  expect(read.limits).toContainEqual(expect.objectContaining({ type: 'storage', used: 0 }))
  expect(read.console).toContainEqual({ key: 'storage', label: 'Storage (GB)', unit: 'GB' })
})
