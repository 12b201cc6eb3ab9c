import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import SwaggerParser from '@apidevtools/swagger-parser'
import { ContractError, lineOf, lineOfRef } from './contract-error.ts'
import type { Operation, OperationResponse, Provenance } from './operation.ts'
import { parseYaml } from './yaml.ts'

/** The file of our own contract. */
export const contractFile = fileURLToPath(new URL('./openapi.yaml', import.meta.url))

/** A valid contract with every `$ref` resolved. `sha256` is of the file's bytes, in hexadecimal. */
export interface ContractDocument {
  file: string
  title: string
  version: string
  sha256: string
  operations: Operation[]
  /** The OpenAPI document itself, references still in place. */
  openapi: OpenApiObject
}

interface OpenApiObject {
  openapi: string
  info: { title: string; version: string }
  security?: SecurityRequirement[]
  paths: PathsObject
}
type PathsObject = Record<string, PathItemObject>
type PathItemObject = Record<string, OperationObject> & { parameters?: ParameterObject[] }
interface ParameterObject {
  name: string
  in: string
}
type SecurityRequirement = Record<string, string[]>
interface OperationObject {
  operationId?: string
  summary?: string
  'x-provenance'?: Provenance
  security?: SecurityRequirement[]
  parameters?: ParameterObject[]
  requestBody?: { required?: boolean }
  responses: Record<string, { description: string; content?: Record<string, MediaTypeObject> }>
}
interface MediaTypeObject {
  schema?: object
  examples?: Record<string, unknown>
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

/**
 * Reads and validates the contract (OpenAPI 3.0). Nothing is fetched from the network.
 * Throws {@link ContractError} with file, line and reason.
 */
export async function loadDocument(file: string = contractFile): Promise<ContractDocument> {
  const source = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ContractError(file, undefined, error.code === 'ENOENT' ? 'no such file' : error.message)
  })
  if (file !== contractFile) return documentFrom(file, source)
  // Validation takes a quarter of a second, and one process may start many servers of our contract. Other contracts
  // may refer to further files, whose changes the bytes of this one do not show.
  if (ours?.sha256 !== hash(source)) ours = await documentFrom(file, source)
  return ours
}

/** Our contract as it was last read; not changed by anything that gets it. */
let ours: ContractDocument | undefined

const hash = (source: string) => createHash('sha256').update(source).digest('hex')

/** {@link loadDocument} of a text already read; `file` names its source in errors. */
export async function documentFrom(
  file: string,
  source: string,
  openapi: OpenApiObject = parseSource(file, source),
): Promise<ContractDocument> {
  const resolved = await validate(file, source, structuredClone(openapi))
  return {
    file,
    title: openapi.info.title,
    version: openapi.info.version,
    sha256: hash(source),
    operations: operationsOf(resolved),
    openapi,
  }
}

/** Parses an OpenAPI 3.0 document; only its version, `info` and `paths` are checked. */
export function parseSource(file: string, source: string): OpenApiObject {
  const document = parseYaml(file, source)
  if (typeof document !== 'object' || document === null || !('openapi' in document || 'swagger' in document))
    throw new ContractError(file, 1, 'no OpenAPI document: the field `openapi` is missing')
  const [field, name] = 'openapi' in document ? ['openapi', 'OpenAPI'] : ['swagger', 'Swagger']
  const version = String((document as Record<string, unknown>)[field as string])
  if (field === 'swagger' || !version.startsWith('3.0.'))
    throw new ContractError(file, lineOf(source, `/${field}`), `${name} ${version}, expected OpenAPI 3.0.x`)
  for (const needed of ['info', 'paths'])
    if (!(needed in document)) throw new ContractError(file, 1, `the field \`${needed}\` is missing`)
  return document as OpenApiObject
}

/** Circular references stay unresolved: resolved, the document could not be serialized. */
const offline = { resolve: { http: false }, dereference: { circular: 'ignore' } } as const

async function validate(file: string, source: string, openapi: OpenApiObject): Promise<OpenApiObject> {
  try {
    return (await SwaggerParser.validate(file, openapi as never, offline)) as unknown as OpenApiObject
  } catch (error) {
    throw explain(file, source, error as ValidationError)
  }
}

type ValidationError = Error & {
  details?: { instancePath: string; message: string; schemaPath: string; params: Record<string, unknown> }[]
}

function explain(file: string, source: string, error: ValidationError) {
  // Where a reference is allowed, the validator also reports that the value is none: never the cause.
  const detail = error.details?.find(({ schemaPath }) => !schemaPath.includes('/Reference/'))
  if (detail) {
    const { allowedValues, additionalProperty } = detail.params
    const context = [allowedValues ?? additionalProperty ?? []].flat().join(', ')
    const reason = `${detail.instancePath || '/'} ${detail.message}${context && `: ${context}`}`
    return new ContractError(file, lineOf(source, detail.instancePath), reason)
  }
  const target = /\$ref pointer "([^"]+)"/.exec(error.message)?.[1]
  return new ContractError(
    file,
    target ? lineOfRef(source, target) : undefined,
    error.message.split('\n')[0]!,
  )
}

function operationsOf({ paths, security: common = [] }: OpenApiObject): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => {
        const operation = item[method]!
        const { operationId = '', summary = '', security = common, requestBody, responses } = operation
        return {
          operationId,
          method,
          path,
          summary,
          provenance: operation['x-provenance'] ?? 'user',
          // An empty requirement among others makes credentials optional (OpenAPI 3.0.3, "Operation Object").
          query: queryOf([...(item.parameters ?? []), ...(operation.parameters ?? [])]),
          isPublic: security.length === 0 || security.some((needed) => Object.keys(needed).length === 0),
          ...(requestBody && { body: requestBody.required ? 'required' : 'optional' }),
          responses: responsesOf(responses),
        } as Operation
      }),
  )
}

function queryOf(parameters: ParameterObject[]): string[] {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  return [...new Set(names)]
}

function responsesOf(responses: OperationObject['responses']): OperationResponse[] {
  return Object.entries(responses).map(([status, { description, content = {} }]) => {
    const entries = Object.entries(content)
    return {
      status: Number(status),
      description,
      mediaTypes: Object.keys(content),
      schemas: Object.fromEntries(entries.flatMap(([type, { schema }]) => (schema ? [[type, schema]] : []))),
      examples: entries.flatMap(([, { examples = {} }]) => Object.keys(examples)),
    }
  })
}
