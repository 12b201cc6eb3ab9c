import { beforeAll, beforeEach, expect } from 'vitest'
import { type Api, openApi } from './vitest.api.ts'

/** Where the organizations of our workspaces are, by billing mode; those of `free` are limited by nothing. */
export const pooled = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations'
export const single = '/workspaces/ws_guideexample0001/organizations'
export const assigned = '/workspaces/ws_archivedretail01/organizations'
export const free = '/workspaces/ws_flatnolimits0001/organizations'

/** Organizations of the pooled workspace. */
export const ids = {
  europe: 'org_ZyrlBlcSZrlNabgW',
  warehouse: 'org_A3tTwypPBhq4Y9mB',
  innovation: 'org_gy7QP8ESPa4CchOL',
  platform: 'org_tGaEYtt2dVEmGRQt',
  engineering: 'org_8GYYZmPSmBxOOUat',
  america: 'org_VQl8tAyNQxRJEtZf',
  night: 'org_Ynjq8kqFfSJZYADq',
}

/** One server for the tests of a file: each test starts with its fixtures. */
export function useApi() {
  let api: Api
  beforeAll(async () => {
    api = await openApi()
  })
  beforeEach(() => api.reset())
  const call: Api['call'] = (...request) => api.call(...request)
  const outcome: Api['outcome'] = (...request) => api.outcome(...request)
  /** Creates an organization as admin, and gives it as the response has it. */
  const create = async (path: string, body: object) => {
    const { status, body: created } = await call('admin', `POST ${path}`, body)
    expect({ status, code: created.code }).toEqual({ status: 201 })
    return created
  }
  return { call, outcome, create, personas: () => api.personas() }
}
