import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkBounds } from '../../fixtures/bounds.ts'
import { loadFixtures } from '../../fixtures/catalog.ts'
import { checkConsistency } from '../../fixtures/domain.ts'
import { readOrganizations } from '../../fixtures/payload.ts'
import { type Api, openApi } from '../vitest.api.ts'

const pooled = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations'
const single = '/workspaces/ws_guideexample0001/organizations'
const free = '/workspaces/ws_flatnolimits0001/organizations'
const assigned = '/workspaces/ws_archivedretail01/organizations'
const account = 'cus_FlatNoLimits0001'
const ids = {
  europe: 'org_ZyrlBlcSZrlNabgW',
  warehouse: 'org_A3tTwypPBhq4Y9mB',
  innovation: 'org_gy7QP8ESPa4CchOL',
  platform: 'org_tGaEYtt2dVEmGRQt',
  engineering: 'org_8GYYZmPSmBxOOUat',
  america: 'org_VQl8tAyNQxRJEtZf',
  night: 'org_Ynjq8kqFfSJZYADq',
}

let api: Api
beforeAll(async () => {
  api = await openApi()
})
beforeEach(() => api.reset())
const outcome = async (persona: string, target: string, body?: unknown) => {
  const { status, body: answer } = await api.call(persona, target, body)
  return answer.code ? [status, answer.code] : [status]
}
const create = async (path: string, body: object) => {
  const { status, body: made } = await api.call('admin', `POST ${path}`, body)
  expect({ status, code: made.code }).toEqual({ status: 201 })
  return made
}

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
        for (const [type, right] of Object.entries(figures[id])) {
          expect(body.limits.find((one: { type: string }) => one.type === type)).toEqual({
            type,
            used: right!.subtree,
            direct: right!.direct,
            free: right!.free,
            org_limit: right!.limit,
            total: right!.effective,
          })
        }
      }
    },
  )

  test('name every product type, used or not', async () => {
    const { body } = await api.call('viewer', `GET ${free}`)
    const { body: limits } = await api.call('viewer', `GET ${free}/${body.data[0].id}/limits`)
    expect(limits.limits.map(({ type }: { type: string }) => type)).toEqual(['locations', 'users', 'sso'])
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

describe('creating', () => {
  test('at the top, with everything that can be said', async () => {
    const branding = { display_name: 'New', colors: { primary: '#123456' } }
    const picture = 'data:image/png;base64,iVBORw0KGgo='
    const body = { name: 'New', limits: { users: 5, sso: null }, branding, picture }
    const made = await create(pooled, body)
    expect(made).toEqual({
      id: expect.stringMatching(/^org_[A-Za-z0-9]{16}$/),
      name: 'New',
      workspace_id: 'ws_a1b2c3d4e5f6g7h8',
      external_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      parent_org_id: null,
      path: null,
      depth: 0,
      billing_account_id: null,
      picture,
      usage: { usage: {}, subtree_usage: {} },
      limits: { users: 5 },
      branding,
    })
    expect((await api.call('viewer', `GET ${pooled}`)).body.data).toContainEqual(made)
  })

  test('below another, down to the tenth level', async () => {
    let path = free
    let body: object = { name: 'Level 1', billing_account_id: account }
    for (let level = 1; level <= 10; level++) {
      const made = await create(path, body)
      expect(made.depth).toBe(level - 1)
      expect(made.path?.split('#').length ?? 0).toBe(level - 1)
      path = `${free}/${made.id}/children`
      body = { name: `Level ${level + 1}` }
    }
    expect(await outcome('admin', `POST ${path}`, body)).toEqual([422, 'hierarchy_too_deep'])
    const { data } = (await api.call('viewer', `GET ${free}`)).body
    expect(checkConsistency(data)).toEqual([])
    const fixture = loadFixtures().workspaces.get('ws_flatnolimits0001')!
    expect(checkBounds({ ...fixture, organizations: data })).toEqual([])
  })

  test('ends at 100 children and at 1,000 organizations', async () => {
    const { id } = await create(pooled, { name: 'Parent' })
    for (let child = 1; child <= 100; child++) await create(`${pooled}/${id}/children`, { name: `${child}` })
    const another = await outcome('admin', `POST ${pooled}/${id}/children`, { name: '101' })
    expect(another).toEqual([422, 'child_limit_reached'])

    const largest = '/workspaces/ws_largestlegal0001/organizations'
    const { data } = (await api.call('viewer', `GET ${largest}`)).body
    expect(data).toHaveLength(1000)
    const refused = [422, 'organization_limit_reached']
    expect(await outcome('admin', `POST ${largest}`, { name: 'One more' })).toEqual(refused)
    expect(await outcome('admin', `POST ${largest}/${data[0].id}/children`, { name: 'x' })).toEqual(refused)
  })

  test.each([
    ['a name of 50 characters, counted as people do', pooled, { name: '\u{1F600}'.repeat(50) }, [201]],
    ['a longer name', pooled, { name: 'n'.repeat(51) }, [400, 'bad_request']],
    ['no name', pooled, {}, [400, 'bad_request']],
    ['an empty name', pooled, { name: '' }, [400, 'bad_request']],
    ['an unknown field', pooled, { name: 'x', parent_org_id: ids.europe }, [400, 'bad_request']],
    ['an unknown product', pooled, { name: 'x', limits: { seats: 1 } }, [400, 'bad_request']],
    ['a limit below 0', pooled, { name: 'x', limits: { users: -1 } }, [400, 'bad_request']],
    ['a limit in parts', pooled, { name: 'x', limits: { users: 1.5 } }, [400, 'bad_request']],
    [
      'a picture of the local network',
      pooled,
      { name: 'x', picture: 'http://a/b.png' },
      [400, 'bad_request'],
    ],
    [
      'an account in pooled mode',
      pooled,
      { name: 'x', billing_account_id: account },
      [422, 'billing_account_not_allowed'],
    ],
    ['no account in single mode', single, { name: 'x' }, [422, 'billing_account_required']],
    [
      'an unknown account',
      single,
      { name: 'x', billing_account_id: account },
      [422, 'billing_account_not_found'],
    ],
    [
      'an account below the top',
      `${single}/org_Vo0lYeFebat9lnYa/children`,
      { name: 'x', billing_account_id: 'cus_GuideExample0001' },
      [422, 'billing_account_not_allowed'],
    ],
    ['a limit as high as the subscription', pooled, { name: 'x', limits: { users: 100 } }, [201]],
    [
      'a limit above the subscription',
      pooled,
      { name: 'x', limits: { users: 101 } },
      [422, 'limit_exceeds_subscription'],
    ],
    [
      'a limit as high as the parent has',
      `${pooled}/${ids.innovation}/children`,
      { name: 'x', limits: { users: 5 } },
      [201],
    ],
    [
      'a limit above that of the parent',
      `${pooled}/${ids.innovation}/children`,
      { name: 'x', limits: { users: 6 } },
      [422, 'limit_exceeds_parent'],
    ],
    [
      'a limit where the parent is disabled',
      `${pooled}/${ids.innovation}/children`,
      { name: 'x', limits: { locations: 1 } },
      [422, 'limit_exceeds_parent'],
    ],
    [
      'a limit above that of the ancestor',
      `${pooled}/${ids.night}/children`,
      { name: 'x', limits: { locations: 51 } },
      [422, 'limit_exceeds_parent'],
    ],
    [
      'a parent that is not there',
      `${pooled}/org_0000000000000000/children`,
      { name: 'x' },
      [404, 'not_found'],
    ],
  ])('%s', async (_, path, body, expected) => {
    expect(await outcome('admin', `POST ${path}`, body)).toEqual(expected)
  })

  test('is for owners and admins', async () => {
    expect(await outcome('viewer', `POST ${pooled}`, { name: 'x' })).toEqual([403, 'forbidden'])
    expect(await outcome('viewer', `POST ${pooled}/${ids.europe}/children`, { name: 'x' })).toEqual([
      403,
      'forbidden',
    ])
  })
})

describe('changing', () => {
  const change = (id: string, body: object, persona = 'admin') =>
    outcome(persona, `PATCH ${pooled}/${id}`, body)

  test('changes what is named and leaves the rest', async () => {
    const before = (await api.call('viewer', `GET ${pooled}/${ids.europe}`)).body
    const body = { limits: { locations: null, sso: 4 }, branding: { login_hint: 'eu' }, name: 'Europa' }
    const changed = await api.call('admin', `PATCH ${pooled}/${ids.europe}`, body)
    expect(changed.status).toBe(200)
    expect(changed.body).toEqual({
      ...before,
      name: 'Europa',
      limits: { users: null, sso: 4 },
      branding: { ...before.branding, login_hint: 'eu' },
    })
    expect((await api.call('viewer', `GET ${pooled}/${ids.europe}`)).body).toEqual(changed.body)
  })

  test.each<[string, string, object, unknown[]]>([
    ['a limit down to what is used', ids.warehouse, { limits: { locations: 18 } }, [200]],
    ['a limit below what is used', ids.warehouse, { limits: { locations: 17 } }, [422, 'limit_below_usage']],
    ['disabling what is used', ids.warehouse, { limits: { users: 0 } }, [422, 'limit_below_usage']],
    ['disabling what is not used', ids.warehouse, { limits: { sso: 0 } }, [200]],
    [
      'a limit above that of the parent',
      ids.warehouse,
      { limits: { locations: 51 } },
      [422, 'limit_exceeds_parent'],
    ],
    [
      'a limit above the subscription',
      ids.europe,
      { limits: { locations: 81 } },
      [422, 'limit_exceeds_subscription'],
    ],
    [
      'a limit that is exceeded already, sent back unchanged',
      'org_UrNpukcFl9me0UPb',
      { name: 'Sales EU', limits: { users: 20 } },
      [200],
    ],
    [
      'an account in pooled mode',
      ids.europe,
      { billing_account_id: 'cus_a1b2c3d4e5f6g7h8' },
      [422, 'billing_account_not_allowed'],
    ],
    ['null for no picture', ids.engineering, { picture: null }, [200]],
    ['null for no branding', ids.europe, { branding: null }, [200]],
    ['a name that is too long', ids.europe, { name: 'n'.repeat(51) }, [400, 'bad_request']],
    ['nothing at all', ids.europe, {}, [200]],
    ['what is not there', 'org_0000000000000000', { name: 'x' }, [404, 'not_found']],
  ])('%s', async (_, id, body, expected) => {
    expect(await change(id, body)).toEqual(expected)
  })

  test('an account that a top-level organization needs cannot be taken away', async () => {
    const path = `PATCH ${single}/org_Vo0lYeFebat9lnYa`
    expect(await outcome('admin', path, { billing_account_id: null })).toEqual([
      422,
      'billing_account_required',
    ])
    expect(await outcome('admin', path, { billing_account_id: 'cus_x' })).toEqual([
      422,
      'billing_account_not_found',
    ])
  })

  test('what is refused changes nothing', async () => {
    const before = (await api.call('viewer', `GET ${pooled}`)).body
    expect((await change(ids.europe, { name: 'Changed', limits: { locations: 81 } }))[0]).toBe(422)
    expect((await api.call('viewer', `GET ${pooled}`)).body).toEqual(before)
  })

  test('is for owners and admins, and not in an archived workspace', async () => {
    expect(await change(ids.europe, { name: 'x' }, 'viewer')).toEqual([403, 'forbidden'])
    const { id } = (await api.call('viewer', `GET ${assigned}`)).body.data[0]
    expect(await outcome('owner', `PATCH ${assigned}/${id}`, { name: 'x' })).toEqual([
      409,
      'workspace_archived',
    ])
    expect(await outcome('owner', `DELETE ${assigned}/${id}`)).toEqual([409, 'workspace_archived'])
    expect(await outcome('owner', `POST ${assigned}/${id}/children`, { name: 'x' })).toEqual([
      409,
      'workspace_archived',
    ])
  })
})

describe('deleting', () => {
  test('is refused while the organization, or one below it, uses something', async () => {
    expect(await outcome('admin', `DELETE ${pooled}/${ids.night}`)).toEqual([409, 'organization_has_usage'])
    expect(await outcome('admin', `DELETE ${pooled}/${ids.america}`)).toEqual([409, 'organization_has_usage'])
  })

  test('takes along what is below', async () => {
    const before = (await api.call('viewer', `GET ${pooled}`)).body
    const { id } = await create(pooled, { name: 'Parent' })
    const child = await create(`${pooled}/${id}/children`, { name: 'Child' })
    await create(`${pooled}/${child.id}/children`, { name: 'Grandchild' })
    expect(await outcome('viewer', `DELETE ${pooled}/${id}`)).toEqual([403, 'forbidden'])
    expect(await outcome('admin', `DELETE ${pooled}/${id}`)).toEqual([204])
    expect((await api.call('viewer', `GET ${pooled}`)).body).toEqual(before)
    expect(await outcome('admin', `DELETE ${pooled}/${id}`)).toEqual([404, 'not_found'])
  })
})

test('a change shows at once in the list, the limits and the report, until the reset', async () => {
  const reportOf = async () => {
    const { body, headers } = await api.call('viewer', `GET ${pooled}/usage.pdf`)
    return { bytes: body as Buffer, etag: headers.etag, name: headers['content-disposition'] }
  }
  const before = await reportOf()
  const { id } = await create(pooled, { name: 'Zanzibar', limits: { users: 7 } })
  const after = await reportOf()
  expect(after.etag).not.toBe(before.etag)
  expect(after.name).toContain('2026-05-04')
  const { body } = await api.call('viewer', `GET ${pooled}/${id}/limits`)
  expect(body.limits[1]).toMatchObject({ type: 'users', org_limit: 7, total: 7, free: 7 })
  expect((await api.call('owner', 'POST /_mock/reset')).status).toBe(204)
  expect((await reportOf()).etag).toBe(before.etag)
  expect(await outcome('viewer', `GET ${pooled}/${id}`)).toEqual([404, 'not_found'])
})
