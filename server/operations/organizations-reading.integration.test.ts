import { describe, expect, test } from 'vitest'
import { loadFixtures } from '../../fixtures/load-fixtures.ts'
import { readOrganizations } from '../../fixtures/payload.ts'
import { productTypes } from '../../spec/product-types.ts'
import { free, ids, pooled, useApi } from '../vitest.organizations.ts'

const api = useApi()
const { outcome } = api

describe('reading', () => {
  test.each([...loadFixtures().workspaces.values()])(
    'the list is the fixture: $workspace.id',
    async (fixture) => {
      const persona = fixture.workspace.id === 'ws_zzzzzzzzzzzzzzzz' ? 'outsider' : 'viewer'
      const path = `/workspaces/${fixture.workspace.id}/organizations`
      const { status, body } = await api.call(persona, `GET ${path}`)
      expect(status).toBe(200)
      expect(readOrganizations(body, path)).toEqual(fixture.organizations)
    },
  )

  test('one organization, its parent and what is below it', async () => {
    const list = (await api.call('viewer', `GET ${pooled}`)).body.data
    const byId = (id: string) => list.find((one: { id: string }) => one.id === id)
    expect((await api.call('viewer', `GET ${pooled}/${ids.platform}`)).body).toEqual(byId(ids.platform))
    const parent = await api.call('viewer', `GET ${pooled}/${ids.platform}/parent`)
    expect([parent.status, parent.body]).toEqual([200, byId(ids.engineering)])
    expect(await outcome('viewer', `GET ${pooled}/${ids.europe}/parent`)).toEqual([204])
    const below = (await api.call('viewer', `GET ${pooled}/${ids.america}/descendants`)).body.data
    expect(below.map(({ name }: { name: string }) => name).sort()).toEqual([
      'Engineering',
      'Platform Team',
      'QA Lab',
      'Sales',
    ])
  })

  test.each(['', '/parent', '/descendants', '/limits'])(
    'what another workspace has is not here: %s',
    async (rest) => {
      const foreign = loadFixtures().workspaces.get('ws_zzzzzzzzzzzzzzzz')!.organizations[0]!.id
      expect(await outcome('viewer', `GET ${pooled}/${foreign}${rest}`)).toEqual([404, 'not_found'])
      expect(await outcome('outsider', `GET ${pooled}/${ids.europe}${rest}`)).toEqual([403, 'forbidden'])
    },
  )
})

describe('limits', () => {
  test.each(
    [...loadFixtures().workspaces.values()].filter(({ expect }) => Object.keys(expect.figures).length),
  )(
    'are those that the fixture expects: $workspace.id',
    async ({ workspace, organizations, expect: { figures } }) => {
      const persona = workspace.id === 'ws_zzzzzzzzzzzzzzzz' ? 'outsider' : 'viewer'
      for (const { id, name, parent_org_id: parent } of organizations) {
        if (!figures[id]) continue
        const path = `/workspaces/${workspace.id}/organizations/${id}/limits`
        const { status, body } = await api.call(persona, `GET ${path}`)
        const parentName = organizations.find((one) => one.id === parent)?.name
        expect({ status, ...body }).toMatchObject({
          status: 200,
          organization_id: id,
          organization_name: name,
          context: parentName ? { type: 'parent', name: parentName } : null,
        })
        for (const [type, expected] of Object.entries(figures[id])) {
          expect(body.limits.find((one: { type: string }) => one.type === type)).toEqual({
            type,
            used: expected!.subtree,
            direct: expected!.direct,
            free: expected!.free,
            org_limit: expected!.limit,
            total: expected!.effective,
          })
        }
      }
    },
  )

  test('name every product type, used or not', async () => {
    const { body } = await api.call('viewer', `GET ${free}`)
    const { body: limits } = await api.call('viewer', `GET ${free}/${body.data[0].id}/limits`)
    expect(limits.limits.map(({ type }: { type: string }) => type)).toEqual(
      productTypes.map(({ key }) => key),
    )
    expect(limits.limits[2]).toEqual({
      type: 'sso',
      used: 0,
      direct: 0,
      free: null,
      org_limit: null,
      total: null,
    })
  })
})
