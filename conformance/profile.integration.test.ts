import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Redactor } from './credentials/redaction/redactor.ts'
import { readSecret } from './credentials/secrets.ts'
import { loadProfile, ProfileError, readProfile } from './profile.ts'

const folder = mkdtempSync(join(tmpdir(), 'profile-'))
const essential = 'actors: { member: { token: { env: T } } }\nworkspace: { id: ws_1 }\n'

test('the essential profile has defaults for the rest', () => {
  expect(readProfile(essential, 'p.yaml')).toMatchObject({
    workspace: { id: 'ws_1', usage: 'either' },
    expect: { outsider: 'either' },
    limits: { timeoutMs: 30_000, maxBytes: 52_428_800, rate: 20 },
  })
})

test('organizations are read from files beside the profile, as payload or bare array', () => {
  const organization = { id: 'org_1', name: 'One', usage: { usage: {}, subtree_usage: {} }, limits: {} }
  writeFileSync(join(folder, 'list.json'), JSON.stringify({ data: [organization], has_more: false }))
  writeFileSync(join(folder, 'bare.json'), JSON.stringify([organization]))
  const file = join(folder, 'p.yaml')
  writeFileSync(
    file,
    `${essential.replace('ws_1', 'ws_1, organizations: { file: list.json }')}foreignOrganizations: { file: ./bare.json }\n`,
  )
  const profile = loadProfile(file)
  expect(profile.workspace.organizations).toMatchObject({ list: [{ name: 'One' }] })
  expect(profile.foreignOrganizations).toMatchObject([{ name: 'One' }])
})

test.each([
  ['actors: {}\nworkspace: { id: a }', 'actors.member is missing'],
  [essential.replace('env', 'envv'), 'actors.member.token.envv is not a field of the profile'],
  [essential.replace('env: T', ''), 'actors.member.token must name exactly one of env, value'],
  [
    essential.replace('env: T', 'env: T, value: x'),
    'actors.member.token must name exactly one of env, value',
  ],
  [essential.replace('id: ws_1', 'id: 7'), 'workspace.id must be string'],
  [`${essential}expect: { outsider: 500 }`, 'expect.outsider must be one of 403, 404, either'],
  [`${essential}limits: { rate: 0 }`, 'limits.rate must be > 0'],
  [`${essential}target: staging`, 'target must match'],
  [essential.replace('ws_1', 'ws_1, organizations: { file: nowhere.json }'), 'workspace.organizations.file'],
  [`${essential}  x: [`, 'p.yaml:3:'],
  [
    `${essential}x: &a [${'1,'.repeat(9)}]\ny: &b [${'*a,'.repeat(99)}]\nz: [${'*b,'.repeat(99)}]`,
    'write the values out',
  ],
])('%j is refused, naming the place', (text, message) => {
  expect(() => readProfile(text, 'p.yaml')).toThrow(ProfileError)
  expect(() => readProfile(text, 'p.yaml')).toThrow(message)
  expect(() => readProfile(text, 'p.yaml')).toThrow('p.yaml')
})

test('tokens come from wherever the profile says', async () => {
  const issuer = createServer((_, response) => response.end('{"access_token":"granted-token"}'))
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
  const tokenUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/token`
  writeFileSync(join(folder, 'token.txt'), 'token-of-a-file\n')
  const redactor = new Redactor()
  const context = {
    profileFile: join(folder, 'p.yaml'),
    env: { T: 'Bearer token-of-the-environment' },
    redactor,
  }
  const read = (source: Parameters<typeof readSecret>[0]) =>
    readSecret(source, 'actors.member.token', context)
  const secrets = await Promise.all([
    read({ value: 'token-as-it-is' }),
    read({ env: 'T' }),
    read({ file: 'token.txt' }),
    read({ command: 'echo token-of-a-command' }),
    read({ clientCredentials: { tokenUrl, clientId: 'suite', clientSecret: { value: 'client-secret' } } }),
  ])
  issuer.close()
  expect(secrets).toEqual([
    'token-as-it-is',
    'token-of-the-environment',
    'token-of-a-file',
    'token-of-a-command',
    'granted-token',
  ])
  expect(redactor.text([...secrets, 'client-secret'].join())).toBe(
    [...Array(5).fill('$MEMBER_TOKEN'), '$MEMBER_TOKEN_CLIENT_CREDENTIALS_CLIENT_SECRET'].join(),
  )
})

test.each([
  [{ env: 'NOT_SET' }, 'the environment variable NOT_SET is not set'],
  [{ file: 'nowhere.txt' }, 'cannot be read'],
  [{ command: 'exit 7' }, 'the command ended with 7'],
  [{ value: '   ' }, 'the secret is empty'],
])('%j says what is missing', async (source, message) => {
  const context = { profileFile: join(folder, 'p.yaml'), env: {}, redactor: new Redactor() }
  await expect(readSecret(source, 'actors.outsider.token', context)).rejects.toThrow(
    `actors.outsider.token: `,
  )
  await expect(readSecret(source, 'actors.outsider.token', context)).rejects.toThrow(message)
})
