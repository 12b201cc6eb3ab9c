import { describe, expect, test } from 'vitest'
import { checkBounds } from '../../fixtures/bounds.ts'
import { checkConsistency } from '../../fixtures/consistency.ts'
import { loadFixtures } from '../../fixtures/load-fixtures.ts'
import { free, ids, pooled, single, useApi } from '../vitest.organizations.ts'

const account = 'cus_FlatNoLimits0001'

const api = useApi()
const { outcome, create } = api

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
