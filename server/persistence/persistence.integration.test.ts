import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadFixtures } from '../../fixtures/load-fixtures.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { stateFrom } from '../domain/state.ts'
import { openApi } from '../vitest.api.ts'
import { fromDocument, StateError, toDocument } from './state-document.ts'

const acme = '/workspaces/ws_a1b2c3d4e5f6g7h8'
let directory: string
let stateFile: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'state-'))
  stateFile = join(directory, 'deeper', 'state.json')
})
afterEach(() => rmSync(directory, { recursive: true }))

const listOf = async (api: Awaited<ReturnType<typeof openApi>>) =>
  (await api.call('owner', `GET ${acme}/organizations`)).body.data

describe('a state in a file', () => {
  test('outlives the process, members and new workspaces with it', async () => {
    const first = await openApi({ stateFile })
    await first.call('owner', `POST ${acme}/organizations`, { name: 'Kept', limits: { users: 3 } })
    await first.call('owner', `POST ${acme}/members`, { user_id: 'auth0|stranger', role: 'admin' })
    const { body: made } = await first.call('nobody', 'POST /workspaces', {
      name: 'N',
      billing_mode: 'single',
    })

    first.close()
    // The same seed draws the same ids, which are taken by now.
    const second = await openApi({ stateFile, random: seededRandom(1) })
    expect(await listOf(second)).toEqual(await listOf(first))
    expect((await second.call('owner', `GET ${acme}/members`)).body).toEqual(
      (await first.call('owner', `GET ${acme}/members`)).body,
    )
    expect((await second.call('nobody', 'GET /workspaces')).body.data).toEqual([made])
    await second.call('owner', `POST ${acme}/organizations`, { name: 'Kept' })
    const ids = (await listOf(second)).map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(15)
  })

  test('is back at the fixtures after a reset, for good', async () => {
    const first = await openApi({ stateFile })
    await first.call('owner', `POST ${acme}/organizations`, { name: 'Gone' })
    await first.call('owner', 'POST /_mock/reset')
    first.close()
    expect(await listOf(await openApi({ stateFile }))).toHaveLength(13)
  })

  test('does not change through what is refused', async () => {
    const api = await openApi({ stateFile })
    const before = readFileSync(stateFile, 'utf8')
    await api.call('owner', `POST ${acme}/organizations`, { name: 'x', limits: { users: 101 } })
    await api.call('owner', `GET ${acme}`)
    expect(readFileSync(stateFile, 'utf8')).toBe(before)
  })

  test('holds every one of many changes at once when they have been answered', async () => {
    const api = await openApi({ stateFile })
    const names = Array.from({ length: 20 }, (_, number) => `Child ${number}`)
    await Promise.all(names.map((name) => api.call('owner', `POST ${acme}/organizations`, { name })))
    const { workspaces } = JSON.parse(readFileSync(stateFile, 'utf8'))
    const kept = workspaces.find((one: { workspace: { id: string } }) => acme.endsWith(one.workspace.id))
    const workspaceState = kept.organizations.map(({ name }: { name: string }) => name)
    expect(workspaceState).toEqual(expect.arrayContaining(names))
    api.close()
    expect(readdirSync(join(directory, 'deeper'))).toEqual(['state.json'])
  })

  test('that cannot be written stops the start, with the place', async () => {
    mkdirSync(stateFile, { recursive: true })
    await expect(openApi({ stateFile })).rejects.toThrow(`${stateFile}: `)
  })

  test.runIf(existsSync('/dev/full'))(
    'on a full disk: what is not written is not acknowledged, and undone',
    async () => {
      const api = await openApi({ stateFile })
      await api.call('owner', `POST ${acme}/organizations`, { name: 'Written' })
      const before = readFileSync(stateFile, 'utf8')
      symlinkSync('/dev/full', `${stateFile}.tmp`)
      const create = (name: string) => api.call('owner', `POST ${acme}/organizations`, { name })
      const refused = await Promise.all(['One', 'Two', 'Three'].map(create))
      for (const { status, body } of refused) {
        if (status === 201) continue
        expect([status, body.code]).toEqual([503, 'unavailable'])
        expect(body.detail).toBe(
          'The change was undone: the state could not be written (no space left on device).',
        )
      }
      expect(refused[0]?.status).toBe(503)
      const acknowledged = refused.filter(({ status }) => status === 201).map(({ body }) => body.name)
      const names = async () => (await listOf(api)).map(({ name }: { name: string }) => name)
      expect((await names()).slice(13)).toEqual(['Written', ...acknowledged])
      if (acknowledged.length === 0) expect(readFileSync(stateFile, 'utf8')).toBe(before)
      expect(readdirSync(join(directory, 'deeper'))).toEqual(['state.json', 'state.json.lock'])

      expect((await create('Afterwards')).status).toBe(201)
      api.close()
      const kept = (await listOf(await openApi({ stateFile }))).map(({ name }: { name: string }) => name)
      expect(kept.slice(13)).toEqual(['Written', ...acknowledged, 'Afterwards'])
    },
  )

  test.skipIf(process.platform !== 'linux')('is no device, and not below /proc', async () => {
    const device = join(directory, 'device')
    symlinkSync('/dev/null', device)
    await expect(openApi({ stateFile: device })).rejects.toThrow(`${device}: is no regular file`)
    expect(readdirSync(directory)).toEqual(['device'])
    await expect(openApi({ stateFile: '/proc/nothing/state.json' })).rejects.toThrow(
      /^\/proc\/nothing\/state\.json.* cannot be written/,
    )
  })

  test('that another one uses stops the start, with what uses it', async () => {
    const first = await openApi({ stateFile })
    const reason = `${stateFile}: process ${process.pid}, started at `
    await expect(openApi({ stateFile })).rejects.toThrow(reason)
    expect((await first.call('owner', `PATCH ${acme}`, { name: 'Still written' })).status).toBe(200)
    first.close()
    const second = await openApi({ stateFile })
    expect((await second.call('owner', `GET ${acme}`)).body.name).toBe('Still written')
  })

  test('has one lock, by whatever link it is named, and the link stays', async () => {
    const first = await openApi({ stateFile })
    const link = join(directory, 'link.json')
    symlinkSync(stateFile, link)
    await expect(openApi({ stateFile: link })).rejects.toThrow(`${stateFile}: process ${process.pid}, `)
    first.close()
    const second = await openApi({ stateFile: link })
    await second.call('owner', `PATCH ${acme}`, { name: 'By the link' })
    expect(readFileSync(stateFile, 'utf8')).toContain('By the link')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
  })

  test('that can no longer be written is no silent loss', async () => {
    const api = await openApi({ stateFile })
    mkdirSync(`${stateFile}.tmp`)
    const response = await api.call('owner', `POST ${acme}/organizations`, { name: 'Unkept' })
    expect([response.status, response.body.code]).toEqual([503, 'unavailable'])
    rmSync(`${stateFile}.tmp`, { recursive: true })
    expect((await api.call('owner', `PATCH ${acme}`, { name: 'Kept again' })).status).toBe(200)
    expect(readFileSync(stateFile, 'utf8')).toContain('Kept again')
  })
})

describe('a damaged file', () => {
  const right = () => toDocument(stateFrom(loadFixtures()))
  const damages: [string, () => string, string][] = [
    ['that is empty', () => '', 'JSON'],
    ['that breaks off', () => JSON.stringify(right()).slice(0, -100), 'JSON'],
    ['of another version', () => JSON.stringify({ ...right(), schemaVersion: 2 }), 'schemaVersion'],
    ['with nothing in it', () => 'null', 'must be object'],
    [
      'whose usage does not add up',
      () => {
        const document = right()
        document.workspaces[0]!.organizations[0]!.usage.subtree_usage.users = 99
        return JSON.stringify(document)
      },
      'subtree-covers-direct|subtree-sum',
    ],
    [
      'with a member of nothing',
      () => {
        const document = right()
        document.members[0]!.workspace_id = 'ws_0000000000000000'
        return JSON.stringify(document)
      },
      'ws_0000000000000000',
    ],
  ]

  test.each(damages)(
    '%s is reported, set aside whole, and the fixtures take over',
    async (_, damage, reason) => {
      const lines: string[] = []
      const sink = new Writable({
        write(line, _encoding, done) {
          lines.push(String(line))
          done()
        },
      })
      const content = damage()
      mkdirSync(join(directory, 'deeper'))
      writeFileSync(stateFile, content)
      const aside = `${stateFile}.damaged-2026-05-04T030201.000Z`
      writeFileSync(aside, 'an earlier accident at the same instant')

      const api = await openApi({ stateFile, log: pino({ level: 'error' }, sink) })
      expect(await listOf(api)).toHaveLength(13)
      expect(readFileSync(`${aside}-2`, 'utf8')).toBe(content)
      expect(readFileSync(aside, 'utf8')).toContain('earlier')
      expect(lines.join()).toMatch(new RegExp(reason))
      expect(lines.join()).toContain(`${aside}-2`)
      api.close()
      expect(await listOf(await openApi({ stateFile }))).toHaveLength(13)
    },
  )
})

test('a document holds the whole state', () => {
  const state = stateFrom(loadFixtures())
  expect(fromDocument(JSON.parse(JSON.stringify(toDocument(state))))).toEqual({
    ...state,
    personas: expect.any(Map),
  })
  expect(() => fromDocument({})).toThrow(StateError)
})

describe('saved as fixtures', () => {
  test('a state is served again, with the members that were no personas', async () => {
    const api = await openApi()
    await api.call('owner', `POST ${acme}/organizations`, { name: 'Saved' })
    await api.call('owner', `POST ${acme}/members`, { user_id: 'auth0|stranger', role: 'viewer' })
    await api.saveFixtures(directory)
    const again = await openApi({ fixtures: directory })
    expect(await listOf(again)).toEqual(await listOf(api))
    const { body } = await again.call('member-1', `GET ${acme}`)
    expect(body.name).toBe('ACME Corporation')
    expect(again.personas().map(({ name }) => name)).toEqual([
      ...api.personas().map(({ name }) => name),
      'member-1',
    ])
  })

  test('it is had from the control plane, file by file', async () => {
    const api = await openApi()
    const { body } = await api.call('owner', 'GET /_mock/fixtures')
    expect(body.files).toContain('personas.json')
    const file = `workspaces/${acme.split('/')[2]}.json`
    expect(body.files).toContain(file)
    const { body: workspace } = await api.call('owner', `GET /_mock/fixtures/${file}`)
    expect(workspace.organizations).toEqual(await listOf(api))
    expect((await api.call('owner', 'GET /_mock/fixtures/__proto__')).status).toBe(404)
    expect((await api.call('owner', 'GET /_mock/fixtures/../personas')).status).not.toBe(503)
  })
})
