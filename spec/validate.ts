import SwaggerParser from '@apidevtools/swagger-parser'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Origin } from './bundle/bundle.ts'
import type { SourceFile } from './bundle/source-file.ts'
import { ContractError } from './contract-error.ts'
import { isObject } from './pointer.ts'
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
  if (!['paths', 'webhooks', 'components'].some((field) => field in value))
    return refuse('', 'one of the fields `paths`, `webhooks` and `components` is needed')
}

/** As the library reads it, which knows not every patch version, and needs paths where there are components alone. */
const readable = (document: { openapi: string }) => ({
  paths: {},
  ...structuredClone(document),
  openapi: document.openapi.startsWith('3.0.') ? '3.0.3' : '3.1.0',
})

/**
 * References stay in place: a schema that many refer to is validated once, and not in as many places as it is used,
 * which may be exponentially many.
 */
const inPlace: SwaggerParser.Options = {
  resolve: { external: false },
  dereference: { excludedPathMatcher: () => true },
  validate: { spec: false },
}

/** JSON Schema 2020-12, compiled when first needed. */
let dialect: ValidateFunction | undefined

/**
 * Validates a document, references unresolved, against the published schema of its version; Schema Objects of 3.1
 * against JSON Schema 2020-12 as well, which that schema leaves out. Throws {@link ContractError}.
 */
export async function assertValid(
  document: { openapi: string; jsonSchemaDialect?: string },
  originOf: (pointer: string) => Origin,
): Promise<void> {
  const refuse = (found: ErrorObject[], at = '') => {
    const { instancePath, message, params } = cause(found)
    const values = [
      params.allowedValues ?? params.additionalProperty ?? params.unevaluatedProperty ?? [],
    ].flat()
    const { file, line } = originOf(at + instancePath)
    const reason = `${at + instancePath || '/'} ${message}${values.length > 0 ? `: ${values.join(', ')}` : ''}`
    throw new ContractError(file, line, reason)
  }
  await SwaggerParser.validate(readable(document) as never, inPlace).catch((error: ValidationError) => {
    if (!error.details) throw error
    refuse(error.details)
  })
  if (document.openapi.startsWith('3.0.') || !usual.test(document.jsonSchemaDialect ?? '')) return
  dialect ??= new Ajv2020({
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
  }).getSchema('https://json-schema.org/draft/2020-12/schema')!
  for (const { value, pointer } of outermostSchemas(document))
    if (!dialect(value)) refuse(dialect.errors ?? [], pointer)
}

type ValidationError = Error & { details?: ErrorObject[] }

/** Dialects that are JSON Schema 2020-12 (OAS 3.1.1 §4.8.24.5). */
const usual = /^$|^https:\/\/spec\.openapis\.org\/oas\/3\.1\/dialect\/|\/draft\/2020-12\/schema$/

/** Of all errors the one to start with: where a reference is allowed, that the value is none is never the cause. */
function cause(found: ErrorObject[]): ErrorObject {
  const consequences = ['if', 'anyOf', 'oneOf', 'unevaluatedProperties', 'dependentSchemas']
  const direct = found.filter(({ schemaPath }) => !/\/Reference\/|\/reference\//.test(schemaPath))
  const causes = direct.filter(({ keyword }) => !consequences.includes(keyword))
  return causes[0] ?? direct[0] ?? found[0]!
}
