import request from 'supertest'
import { expect, test, vi } from 'vitest'
import type { ProductTypeRow } from '../spec/product-types.ts'

const storage: ProductTypeRow = {
  key: 'storage',
  label: 'Storage',
  unit: 'GB',
  wordings: ['storage', 'disk( space)?', 'speicher'],
}

test('a row is all that a new product type needs', async () => {
  vi.resetModules()
  const { labelOf, productTypes } = await import('../spec/product-types.ts')
  // The modules below read the table when they are imported, which is after this.
  const rows = productTypes as unknown as ProductTypeRow[]
  rows.push(storage)
  const { typesOf } = await import('../server/report/figures.ts')
  const { breakDownLimits } = await import('../server/domain/limits.ts')
  const { openApi } = await import('../server/vitest.api.ts')
  const { Labels } = await import('../conformance/pdf/judge/reading/vocabulary.ts')
  const { loadFixtures } = await import('../fixtures/load-fixtures.ts')

  const [workspace] = loadFixtures().workspaces.values()
  const [organization] = workspace!.organizations
  const using = { ...organization!, usage: { usage: { apps: 1, storage: 12 }, subtree_usage: {} } }
  expect(typesOf([using]).slice(-2)).toEqual(['storage', 'apps'])
  expect(breakDownLimits(workspace!, organization!)).toContainEqual(
    expect.objectContaining({ type: 'storage', used: 0 }),
  )
  expect(labelOf('storage')).toBe('Storage (GB)')

  const { app } = await openApi()
  const { body } = await request(app).get('/_mock/product-types')
  expect(body.types).toContainEqual({ key: 'storage', label: 'Storage (GB)', unit: 'GB' })

  const judged = new Labels(['users', 'storage'])
  expect(judged.typeOf('Disk space used')).toBe('storage')
})
