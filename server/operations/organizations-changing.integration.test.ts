import { describe, expect, test } from 'vitest'
import { assigned, ids, pooled, single, useApi } from '../vitest.organizations.ts'

const api = useApi()
const { outcome, create } = api

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
    ['a picture that is no URI', ids.europe, { picture: 'https://logo of europe' }, [400, 'bad_request']],
    ['a limit that cannot be counted', ids.europe, { limits: { sso: 1e300 } }, [400, 'bad_request']],
    ['nothing at all', ids.europe, {}, [200]],
    ['what is not there', 'org_0000000000000000', { name: 'x' }, [404, 'not_found']],
  ])('%s', async (_, id, body, expected) => {
    expect(await change(id, body)).toEqual(expected)
  })

  test('one colour leaves the other', async () => {
    const branding = { colors: { primary: '#000000' } }
    const { body } = await api.call('admin', `PATCH ${pooled}/${ids.europe}`, { branding })
    expect(body.branding.colors).toEqual({ primary: '#000000', page_background: '#FFFFFF' })
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
