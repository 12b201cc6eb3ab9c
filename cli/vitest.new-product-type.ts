import request from 'supertest'
import { labelOf, type ProductTypeRow, productTypes } from '../spec/product-types.ts'

// Adds a row to the table and prints what server, console and judge make of it. A process of its own: the modules
// below read the table when they are loaded, and no other test may see the row.
const rows = productTypes as unknown as ProductTypeRow[]
rows.push({
  key: 'storage',
  label: 'Storage',
  unit: 'GB',
})

const { typesOf } = await import('../server/report/figures.ts')
const { breakDownLimits } = await import('../server/domain/limits.ts')
const { openApi } = await import('../server/vitest.api.ts')
const { Labels } = await import('../conformance/pdf/judge/vocabulary/labels.ts')
const { loadFixtures } = await import('../fixtures/load-fixtures.ts')

const [workspace] = loadFixtures().workspaces.values()
const [organization] = workspace!.organizations
const using = { ...organization!, usage: { usage: { apps: 1, storage: 12 }, subtree_usage: {} } }
const { app } = await openApi()
const { body } = await request(app).get('/_mock/product-types')
const read = {
  order: typesOf([using]).slice(-2),
  limits: breakDownLimits(workspace!, organization!),
  label: labelOf('storage'),
  console: body.types,
  judged: new Labels(['users', 'storage']).typeOf('Storage (GB) used'),
}
process.stdout.write(JSON.stringify(read))
