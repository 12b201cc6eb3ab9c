import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { compareContracts } from '../compatibility/compare.ts'
import { loadDocument } from '../contract-document.ts'

const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))

let count = 0
/** Writes files into a folder of their own and returns the first one's path. */
function written(files: Record<string, string>): string {
  const home = join(folder, String(count++))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  return join(home, Object.keys(files)[0]!)
}

/** A contract in the style of large public ones: path items, operations, maps and schemas in files of their own. */
const petShop = {
  'api/openapi.yaml': `openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets: { $ref: paths/pets.yaml }
  /pets/{id}:
    get: { $ref: 'paths/pet.yaml#/read' }
components:
  parameters: { $ref: parts/parameters.yaml }
  schemas:
    Pet: { $ref: schemas/Pet.yaml }
    Name: { type: string }
`,
  'api/paths/pets.yaml': `get:
  parameters:
    - $ref: ../parts/parameters.yaml#/limit
  responses:
    '200':
      description: All.
      content: { application/json: { schema: { type: array, items: { $ref: ../schemas/Pet.yaml } } } }
    '404': { $ref: '../parts/answers.yaml#/Missing' }
`,
  'api/paths/pet.yaml': `read:
  parameters: [{ $ref: '../openapi.yaml#/components/parameters/id' }]
  responses:
    '200':
      description: One.
      content: { application/json: { schema: { $ref: '../openapi.yaml#/components/schemas/Pet' } } }
    '404': { $ref: '../parts/answers.yaml#/Missing' }
`,
  'api/parts/parameters.yaml': `limit: { name: limit, in: query, schema: { type: integer } }
id: { name: id, in: path, required: true, schema: { type: string } }
`,
  'api/parts/answers.yaml': `Missing:
  description: None.
  content: { application/json: { schema: { $ref: '#/Fault' } } }
Fault:
  type: object
  properties: { text: { $ref: ../openapi.yaml#/components/schemas/Name } }
`,
  'api/schemas/Pet.yaml': `type: object
discriminator: { propertyName: kind, mapping: { cat: ./Cat.yaml, dog: 'all.yaml#/Dog' } }
properties:
  kind: { type: string }
  friends: { type: array, items: { $ref: Pet.yaml } }
`,
  'api/schemas/Cat.yaml':
    'allOf: [{ $ref: Pet.yaml }, { type: object, properties: { lives: { type: integer } } }]\n',
  'api/schemas/all.yaml': 'Dog: { allOf: [{ $ref: Pet.yaml }] }\n',
}

const pet = '#/components/schemas/Pet'
const missing = { $ref: '#/components/responses/Missing' }

test('files become one document: components in components, everything else in place', async () => {
  const { openapi } = await loadDocument(written(petShop))
  expect(openapi).toEqual({
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: {
          parameters: [{ $ref: '#/components/parameters/limit' }],
          responses: {
            200: {
              description: 'All.',
              content: { 'application/json': { schema: { type: 'array', items: { $ref: pet } } } },
            },
            404: missing,
          },
        },
      },
      '/pets/{id}': {
        get: {
          parameters: [{ $ref: '#/components/parameters/id' }],
          responses: {
            200: { description: 'One.', content: { 'application/json': { schema: { $ref: pet } } } },
            404: missing,
          },
        },
      },
    },
    components: {
      parameters: {
        limit: { name: 'limit', in: 'query', schema: { type: 'integer' } },
        id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      },
      responses: {
        Missing: {
          description: 'None.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Fault' } } },
        },
      },
      schemas: {
        Pet: {
          type: 'object',
          discriminator: {
            propertyName: 'kind',
            mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
          },
          properties: { kind: { type: 'string' }, friends: { type: 'array', items: { $ref: pet } } },
        },
        Name: { type: 'string' },
        Fault: { type: 'object', properties: { text: { $ref: '#/components/schemas/Name' } } },
        Cat: { allOf: [{ $ref: pet }, { type: 'object', properties: { lives: { type: 'integer' } } }] },
        Dog: { allOf: [{ $ref: pet }] },
      },
    },
  })
})

test('every value has its file and line', async () => {
  const file = written(petShop)
  const { originOf } = await loadDocument(file)
  const home = dirname(file)
  expect([
    originOf('/info/title'),
    originOf('/paths/~1pets/get/responses/404'),
    originOf('/paths/~1pets~1{id}/get/responses/200/description'),
    originOf('/components/parameters/id'),
    originOf('/components/schemas/Pet/properties/friends'),
    originOf('/components/schemas/Fault/properties/text'),
  ]).toEqual([
    { file, line: 2 },
    { file: join(home, 'paths/pets.yaml'), line: 8 },
    { file: join(home, 'paths/pet.yaml'), line: 5 },
    { file: join(home, 'parts/parameters.yaml'), line: 2 },
    { file: join(home, 'schemas/Pet.yaml'), line: 5 },
    { file: join(home, 'parts/answers.yaml'), line: 6 },
  ])
})

test('long texts may stand in files of their own', async () => {
  const file = written({
    'api/openapi.yaml': `openapi: 3.0.3
info: { title: Pets, version: '1', description: { $ref: 'texts.yaml#/introduction' } }
tags: [{ name: Pets, description: { $ref: 'texts.yaml#/tag' } }]
paths:
  /pets:
    get: { description: { $ref: 'texts.yaml#/tag' }, responses: { '204': { description: { $ref: 'texts.yaml#/tag' } } } }
components:
  schemas:
    Pet: { type: object, properties: { description: { $ref: '#/components/schemas/Text' } } }
    Text: { type: string }
`,
    'api/texts.yaml': 'introduction: All about pets.\ntag: About them.\n',
  })
  const { openapi, originOf } = await loadDocument(file)
  const description = 'About them.'
  expect(openapi).toMatchObject({
    info: { description: 'All about pets.' },
    tags: [{ description }],
    paths: { '/pets': { get: { description, responses: { 204: { description } } } } },
    components: { schemas: { Pet: { properties: { description: { $ref: '#/components/schemas/Text' } } } } },
  })
  expect(originOf('/info/description')).toEqual({ file: join(dirname(file), 'texts.yaml'), line: 1 })
})

test('extensions and examples that refer to other files are left out: libraries would look for them in the wrong place', async () => {
  const file = written({
    'api/openapi.yaml': `openapi: 3.0.3
info: { title: Pets, version: '1', x-logo: { $ref: missing.yaml } }
x-own: [{ $ref: '#/info' }]
paths:
  /pets: { $ref: pets.yaml }
components: { schemas: { Pet: { type: object, properties: { x-name: { $ref: '#/components/schemas/Name' } } }, Name: { type: string } } }
`,
    'api/pets.yaml': `get:
  x-note: kept
  x-samples: [{ lang: curl, source: { $ref: ../outside.txt } }, { lang: go, source: { $ref: '#/get' } }]
  responses:
    '200': { description: All., content: { application/json: { example: { $ref: examples.yaml#/pets } } } }
`,
  })
  const { openapi } = await loadDocument(file)
  expect(JSON.stringify(openapi)).not.toMatch(/x-logo|x-samples|example/)
  expect(openapi).toMatchObject({
    'x-own': [{ $ref: '#/info' }],
    paths: { '/pets': { get: { 'x-note': 'kept' } } },
    components: {
      schemas: { Pet: { properties: { 'x-name': { $ref: '#/components/schemas/Name' } } } },
    },
  })
})

test('git has the files of a revision, and a change in one of them is found', async () => {
  const file = written(petShop)
  const cwd = dirname(file)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd })
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'one')
  const pets = join(cwd, 'schemas/Pet.yaml')
  writeFileSync(pets, petShop['api/schemas/Pet.yaml'].replace('type: string', 'type: integer'))
  const [base, head] = [await loadDocument('git:HEAD', file), await loadDocument(file)]
  expect(base.sha256).not.toBe(head.sha256)
  const [change] = await compareContracts(base.openapi, head.openapi)
  expect(change).toMatchObject({ id: 'type-changed' })
  expect(head.originOf(change!.place)).toEqual({ file: pets, line: 4 })
  expect(await compareContracts(base.openapi, base.openapi)).toEqual([])
  rmSync(join(cwd, 'schemas/Cat.yaml'))
  await expect(loadDocument(file)).rejects.toThrow(
    /schemas\/Pet\.yaml:2: \$ref to \.\/Cat\.yaml: no such file/,
  )
})

const document = (schema: string) => `openapi: 3.1.0
info: { title: T, version: '1' }
components:
  schemas:
    Tree: ${schema}
`

test('names that two files share stay apart', async () => {
  const { openapi } = await loadDocument(
    written({
      'openapi.yaml': document('{ properties: { a: { $ref: a/Leaf.yaml }, b: { $ref: b/Leaf.yaml } } }'),
      'a/Leaf.yaml': 'type: string\n',
      'b/Leaf.yaml': 'type: integer\n',
    }),
  )
  expect(openapi).toHaveProperty('components.schemas', {
    Tree: {
      properties: { a: { $ref: '#/components/schemas/Leaf' }, b: { $ref: '#/components/schemas/Leaf_2' } },
    },
    Leaf: { type: 'string' },
    Leaf_2: { type: 'integer' },
  })
})

test.each([
  ['an anchor', '{ $anchor: tree, properties: { next: { $ref: "#tree" } } }'],
  ['a dynamic anchor', '{ $dynamicAnchor: tree, properties: { next: { $dynamicRef: "#tree" } } }'],
  [
    'an id',
    '{ $id: "https://example.com/tree", properties: { next: { $ref: "https://example.com/tree" } } }',
  ],
])('%s becomes the pointer that it stands for', async (_, schema) => {
  const { openapi } = await loadDocument(written({ 'openapi.yaml': document(schema) }))
  expect(openapi).toHaveProperty('components.schemas.Tree.properties.next', {
    $ref: '#/components/schemas/Tree',
  })
})

test.each([
  ['a file above the directory', '{ $ref: ../secret.yaml }', 'leads out of the directory'],
  ['an absolute path', '{ $ref: /etc/passwd }', 'leads out of the directory'],
  ['an encoded way up', '{ $ref: "%2e%2e/secret.yaml" }', 'leads out of the directory'],
  ['a symbolic link', '{ $ref: link.yaml }', 'leads out of the directory'],
  ['a pipe that nobody writes to', '{ $ref: pipe.yaml }', 'is no regular file'],
  ['a file address', '{ $ref: "file:///etc/passwd" }', 'nothing is fetched'],
  ['another host', '{ $ref: "//example.com/x.yaml" }', 'nothing is fetched'],
  ['a place that the file lacks', '{ $ref: "part.yaml#/Nope" }', 'leads nowhere'],
  ['a circle of files', '{ $ref: circle.yaml }', 'leads back to itself'],
])('a reference to %s is refused', async (_, schema, reason) => {
  const file = written({
    'api/openapi.yaml': document(schema),
    'api/part.yaml': 'A: { type: string }\n',
    'api/circle.yaml': '$ref: other.yaml\n',
    'api/other.yaml': '$ref: circle.yaml\n',
    'secret.yaml': 'type: string\n',
  })
  symlinkSync('../secret.yaml', join(dirname(file), 'link.yaml'))
  execFileSync('mkfifo', [join(dirname(file), 'pipe.yaml')])
  await expect(loadDocument(file)).rejects.toThrow(reason)
})

test('a path item that contains itself is refused', async () => {
  const file = written({
    'openapi.yaml': "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: { /a: { $ref: a.yaml } }\n",
    'a.yaml': `post:
  callbacks: { again: { '{$request.body}': { $ref: a.yaml } } }
  responses: { '200': { description: Fine. } }
`,
  })
  await expect(loadDocument(file)).rejects.toThrow('contains itself')
})

test('lists without entries say nothing in a schema, and are told', async () => {
  const openapi = `openapi: VERSION
info: { title: Pets, version: '1' }
paths: {}
components:
  schemas:
    Pet:
      type: object
      required: []
      properties: { kind: { type: string, enum: [], oneOf: [] }, required: { type: array, items: { anyOf: [], allOf: null } } }
`
  for (const version of ['3.0.3', '3.1.0']) {
    const contract = await loadDocument(written({ 'openapi.yaml': openapi.replace('VERSION', version) }))
    expect(contract.openapi).toMatchObject({
      components: {
        schemas: {
          Pet: {
            type: 'object',
            properties: { kind: { type: 'string' }, required: { type: 'array', items: {} } },
          },
        },
      },
    })
    expect(JSON.stringify(contract.openapi)).not.toContain('[]')
    const told = contract.emptyLists.map((pointer) => `${pointer} ${contract.originOf(pointer).line}`)
    expect(told.sort()).toEqual([
      '/components/schemas/Pet/properties/kind/enum 9',
      '/components/schemas/Pet/properties/kind/oneOf 9',
      '/components/schemas/Pet/properties/required/items/allOf 9',
      '/components/schemas/Pet/properties/required/items/anyOf 9',
      '/components/schemas/Pet/required 8',
    ])
  }
})
