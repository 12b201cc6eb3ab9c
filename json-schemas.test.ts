import { globSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'

const files = globSync(['{spec,fixtures,server,conformance,gate}/**/{*.schema,schemas/*}.json'], {
  exclude: ['**/dist/**'],
})
const dialects = [new Ajv({ strict: false }), new Ajv2020({ strict: false })]

// The commands trust them: to validate a schema takes longer than to read what it is for.
test.each(files)('%s is valid by the dialect that it names', (file) => {
  const schema = JSON.parse(readFileSync(file, 'utf8'))
  const ajv = dialects.find((dialect) => dialect.getSchema(schema.$schema))
  expect(ajv?.validateSchema(schema), `${schema.$schema}: ${ajv?.errorsText()}`).toBe(true)
})

test('there are schemas of fixtures, profiles and reports', () => {
  expect(files).toEqual(
    expect.arrayContaining(['fixtures/schemas/workspace.json', 'conformance/profile.schema.json']),
  )
})
