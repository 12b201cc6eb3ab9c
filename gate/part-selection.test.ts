import { describe, expect, test } from 'vitest'
import { contractFile } from '../spec/contract-document.ts'
import { describesOurApi, skippedParts } from './part-selection.ts'

describe('which parts run', () => {
  const neither = { hasBase: false, hasDeployment: false }

  test.each([
    ['everything that has what it needs', { hasBase: true, hasDeployment: true }, []],
    ['no more than there is input for', neither, ['compatibility', 'deployment']],
    [
      'what was asked for',
      { ...neither, hasBase: true, parts: ['compatibility' as const] },
      ['contract', 'coverage', 'deployment'],
    ],
  ])('%s', (_, request, skipped) => {
    expect(Object.keys(skippedParts(request))).toEqual(skipped)
  })

  test('a part that is asked for and lacks its inputs is refused', () => {
    expect(() => skippedParts({ ...neither, parts: ['contract', 'compatibility'] })).toThrow(/--base/)
    expect(() => skippedParts({ ...neither, parts: ['deployment'] })).toThrow(/--profile/)
  })
})

describe('our API', () => {
  const operation = (method: string, path: string) => ({ method, path }) as never
  const usage = '/workspaces/{id}/organizations/usage.pdf'

  test.each([
    ['the contract of this project', contractFile, [], true],
    ['a copy with other parameter names', 'api.yaml', [operation('get', usage)], true],
    ['another method', 'api.yaml', [operation('post', usage)], false],
    ['another API', 'api.yaml', [operation('get', '/workspaces/{id}')], false],
  ])('%s', (_, file, operations, isOurs) => {
    expect(describesOurApi({ file, operations })).toBe(isOurs)
  })
})
