import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadDocument } from '../../spec/contract-document.ts'
import { nameResponse } from '../../spec/operation.ts'
import { allChecks, catalogue } from './catalogue.ts'
import { areaOf } from './check.ts'
import { cite } from './sources.ts'

const { openapi, operations } = await loadDocument()
const statements = [
  ...readFileSync(new URL('../../spec/report.md', import.meta.url), 'utf8').matchAll(/^## (.+)$/gm),
].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-'),
)

describe('the catalogue as data', () => {
  test('ids are unique, of fixed width, and named after their area', () => {
    expect(new Set(allChecks.map(({ id }) => id)).size).toBe(allChecks.length)
    for (const { code, checks } of catalogue)
      for (const check of checks) expect(check.id).toMatch(new RegExp(`^${code}-\\d{3}$`))
    expect(allChecks.map(areaOf)).toEqual(catalogue.flatMap(({ code, checks }) => checks.map(() => code)))
  })

  for (const { code, checks } of catalogue)
    test(`no id of ${code} has been given to another statement`, async () => {
      expect(checks.length).toBeGreaterThan(0)
      const pinned = checks
        .map(({ id, level, title }) => `${id} ${level} ${title}\n`)
        .sort()
        .join('')
      await expect(pinned).toMatchFileSnapshot(`checks/pinned/${code}.txt`)
    })

  test('titles state facts', () => {
    for (const { id, title } of allChecks) {
      expect(title, id).toMatch(/^["\p{Lu}\d]/u)
      expect(title, id).not.toMatch(/\b(should|must|shall|test|check that)\b|\.$/i)
    }
    expect(new Set(allChecks.map(({ title }) => title)).size).toBe(allChecks.length)
  })

  test('sources resolve', () => {
    for (const { id, source } of allChecks) {
      const { document, anchor, url } = cite(source)
      if (document === 'openapi') expect(lookUp(anchor), `${id}: ${source}`).toBeDefined()
      else if (document === 'report') expect(statements, id).toContain(anchor)
      else if (document.startsWith('rfc')) expect(anchor, id).toMatch(/^(\d+|[A-Z])(\.\d+)*$/)
      expect(url, id).toMatch(/^(https:\/\/|spec\/)/)
    }
  })

  test('every answer that the user documents is covered', () => {
    const covered = new Set(allChecks.flatMap(({ covers }) => covers))
    const given = operations.filter(({ provenance }) => provenance === 'user')
    const documented = given.flatMap((operation) =>
      operation.responses.map((response) => nameResponse(operation, response)),
    )
    expect(documented.filter((response) => !covered.has(response))).toEqual([])
  })

  test('every statement on the report is cited', () => {
    const cited = new Set(allChecks.map(({ source }) => source as string))
    expect(statements.length).toBeGreaterThan(0)
    expect(statements.filter((anchor) => !cited.has(`report#${anchor}`))).toEqual([])
  })
})

/** The value at a JSON pointer (RFC 6901), references followed. */
function lookUp(pointer: string): unknown {
  let value: unknown = openapi
  for (const key of pointer.split('/').slice(1)) {
    const object = value as Record<string, unknown> | undefined
    value = object?.[key.replaceAll('~1', '/').replaceAll('~0', '~')]
    const reference = (value as { $ref?: string } | undefined)?.$ref
    if (reference) value = lookUp(reference.slice(1))
  }
  return value
}
