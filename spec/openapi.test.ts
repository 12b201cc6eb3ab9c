import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { contractFile, loadDocument } from './contract-document.ts'
import { dereferenced } from './dereference.ts'
import { findMisfit } from './schema.ts'

type Json = Record<string, unknown>

const userContract = '../shared/contract/openapi.seed.yaml'
const given = new URL('./given.yaml', import.meta.url)
const contract = parse(readFileSync(contractFile, 'utf8'))

/** Drops what we may say in our own words: descriptions, operation ids and extensions. */
function substance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(substance)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key, child]) =>
      !(key === 'description' && typeof child === 'string') && key !== 'operationId' && !key.startsWith('x-'),
  )
  return Object.fromEntries(kept.map(([key, child]) => [key, substance(child)]))
}

const read = (file: string | URL) => substance(parse(readFileSync(file, 'utf8')))

/** Every object in a document once, from the outside in, with its keys from the root. */
function* walk(
  value: unknown,
  at: string[] = [],
  seen = new Set<unknown>(),
): Generator<{ at: string[]; node: Json }> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (!Array.isArray(value)) yield { at, node: value as Json }
  for (const [key, child] of Object.entries(value)) yield* walk(child, [...at, key], seen)
}

/** A document with nothing but what some of its operations say and refer to. */
function only(document: Json, provenance: string): Json {
  const paths = Object.entries(document.paths as Record<string, Record<string, Json>>)
    .map(([path, item]) => [
      path,
      Object.fromEntries(Object.entries(item).filter(([, one]) => one['x-provenance'] === provenance)),
    ])
    .filter(([, item]) => Object.keys(item as Json).length > 0)
  const components: Record<string, Json> = {
    securitySchemes: (document.components as Record<string, Json>).securitySchemes!,
  }
  for (const { node } of walk(paths)) {
    const [, , kind, name] = String(node.$ref ?? '').split('/')
    if (!kind || !name) continue
    components[kind] = { ...components[kind], [name]: (document.components as never)[kind][name] }
  }
  return { ...document, paths: Object.fromEntries(paths), components }
}

describe('the operation that was given', () => {
  test('says with all it refers to what was given, and nothing else', () => {
    expect(substance(only(contract, 'user'))).toEqual(read(given))
  })

  test.runIf(existsSync(userContract))('is on file as the user gave it', () => {
    expect(read(given)).toEqual(read(userContract))
  })
})

test('every operation says where it comes from, and only the export is given', async () => {
  const { operations } = await loadDocument()
  const stated = Object.values(contract.paths as Record<string, Json>).flatMap(Object.values)
  for (const operation of stated)
    expect(['user', 'documented', 'inferred']).toContain(operation['x-provenance'])
  expect(operations.filter(({ provenance }) => provenance === 'user').map(({ path }) => path)).toEqual([
    '/workspaces/{workspaceId}/organizations/usage.pdf',
  ])
})

test('only the branding is public', async () => {
  const { operations } = await loadDocument()
  expect(operations.filter(({ isPublic }) => isPublic).map(({ operationId }) => operationId)).toEqual([
    'retrievePublicBranding',
  ])
})

test('no operation but the given one is refused without a body that says why', async () => {
  const { operations } = await loadDocument()
  const bare = operations
    .filter(({ provenance }) => provenance !== 'user')
    .flatMap(({ operationId, responses }) =>
      responses
        .filter(({ status, mediaTypes }) => status >= 400 && mediaTypes[0] !== 'application/problem+json')
        .map(({ status }) => `${operationId} ${status}`),
    )
  expect(bare).toEqual([])
})

describe('examples', async () => {
  const resolved = dereferenced(contract) as Json
  const examples = [...walk({ paths: resolved.paths, components: resolved.components })].flatMap(
    ({ at, node }) => {
      const schema = at.at(-2) === 'schemas' || at.at(-2) === 'properties' ? node : (node.schema as Json)
      if (typeof schema !== 'object') return []
      const named = Object.entries((node.examples ?? {}) as Record<string, Json>)
      const values = named.map(([name, { value }]) => [name, value] as const)
      if ('example' in node) values.push(['example', node.example])
      return values.map(([name, value]) => ({ place: [...at, name].join('/'), schema, value }))
    },
  )

  test('stand in every part of the contract', () => {
    expect(examples.length).toBeGreaterThan(60)
  })

  test.each(examples)('$place fits its schema', ({ schema, value }) => {
    expect(findMisfit(schema, value)).toBeUndefined()
  })

  test('of problems bear the name of their code and the status of their answer', () => {
    const named = examples.flatMap(({ place, value }) => {
      const found = /responses\/(\d+)\/content\/application\/problem\+json\/(\w+)$/.exec(place)
      return found ? [{ status: Number(found[1]), name: found[2], value }] : []
    })
    expect(named.length).toBeGreaterThan(20)
    for (const { status, name, value } of named) expect(value).toMatchObject({ code: name, status })
  })
})
