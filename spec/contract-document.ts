import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Origin } from './bundle/bundle.ts'
import type { ContractFiles } from './bundle/contract-files.ts'
import { ContractError } from './contract-error.ts'
import { dereferenced } from './dereference.ts'
import type { Operation, OperationResponse, Provenance, ResponseHeader } from './operation.ts'
import { keysOf, type SecurityRequirement, type SecuritySchemes } from './request-keys.ts'
import { type ServerObject, serverPathsOf } from './server-paths.ts'

/** The file of our own contract. */
export const contractFile = fileURLToPath(new URL('./openapi.yaml', import.meta.url))

/** A valid contract. `sha256` is of the bytes of all its files, in hexadecimal. */
export interface Contract {
  file: string
  title: string
  version: string
  sha256: string
  operations: Operation[]
  /** The paths of its servers, as `/v1`; the empty text for one at the root. */
  serverPaths: string[]
  /** The OpenAPI document as one file, its references in place: JSON pointers into itself. */
  openapi: OpenApiObject
}

/** A contract with what is known of its source. */
export interface ContractDocument extends Contract {
  /** Where the value at a JSON pointer of `openapi`, or its nearest ancestor, is written. */
  originOf(pointer: string): Origin
  /** JSON pointers of lists without entries that were left out of schemas: read liberally, and told. */
  emptyLists: string[]
}

export interface OpenApiObject {
  openapi: string
  info: { title: string; version: string }
  security?: SecurityRequirement[]
  servers?: ServerObject[]
  components?: { securitySchemes?: SecuritySchemes }
  /** Empty where an OpenAPI 3.1 document has only webhooks or components. */
  paths: PathsObject
}
type PathsObject = Record<string, PathItemObject>
type PathItemObject = Record<string, OperationObject> & {
  parameters?: ParameterObject[]
  servers?: ServerObject[]
}
interface ParameterObject {
  name: string
  in: string
}
interface OperationObject {
  operationId?: string
  summary?: string
  'x-provenance'?: Provenance
  security?: SecurityRequirement[]
  parameters?: ParameterObject[]
  servers?: ServerObject[]
  requestBody?: { required?: boolean }
  /** OpenAPI 3.1 does without. */
  responses?: Record<
    string,
    { description: string; headers?: Record<string, HeaderObject>; content?: Record<string, MediaTypeObject> }
  >
}
interface HeaderObject {
  required?: boolean
  schema?: { example?: unknown; examples?: unknown[]; default?: unknown; const?: unknown; enum?: unknown[] }
  example?: unknown
  examples?: Record<string, { value?: unknown }>
}
interface MediaTypeObject {
  schema?: object
  examples?: Record<string, unknown>
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

/**
 * Reads and validates a contract (OpenAPI 3.0 or 3.1) of one or several files: a file, or `git:REF[:PATH]`, which
 * without PATH means the place of `current`. Nothing is fetched from the network. Where the one file has the bytes of
 * `known`, its document is returned under the name of `source`: reading takes half a second.
 * Throws {@link ContractError} with file, line and reason.
 */
export async function loadDocument(
  source: string = contractFile,
  current: string = contractFile,
  known?: ContractDocument,
): Promise<ContractDocument> {
  const { contractFiles } = await import('./bundle/open-contract.ts')
  const files = contractFiles(source, /^git:[^:]*$/.test(current) ? contractFile : current)
  const text = await files.readEntry()
  const sha256 = createHash('sha256').update(text).digest('hex')
  const same = [known, ours].find((document) => document?.sha256 === sha256)
  if (same) return named(same, files.nameOf(files.entry))
  const document = await documentFrom({ ...files, readEntry: async () => text })
  if (source === contractFile) ours = document
  return document
}

/** Our contract as it was last read, for processes that start many servers of it; nothing that gets it changes it. */
let ours: ContractDocument | undefined

const named = (document: ContractDocument, file: string): ContractDocument => ({
  ...document,
  file,
  originOf: (pointer) => ({ ...document.originOf(pointer), file }),
})

/** {@link loadDocument} of files from anywhere. */
export async function documentFrom(files: ContractFiles): Promise<ContractDocument> {
  // Parsers and validators take 30 MB, which whoever has a contract that was read before does without.
  const { bundle } = await import('./bundle/bundle.ts')
  const { assertSupported, assertValid } = await import('./validate.ts')
  try {
    const { document, entry, sha256, originOf, emptyLists } = await bundle(files, assertSupported)
    await assertValid(document as OpenApiObject, originOf)
    return { ...contractOf(document as OpenApiObject, { file: entry.name, sha256 }), originOf, emptyLists }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const file = files.nameOf(files.entry)
    throw new ContractError(
      file,
      undefined,
      `${tooDeep}: write its inner schemas under components, and refer to them`,
    )
  }
}

/** What walks through a document ends with a RangeError where the stack is full. */
const tooDeep = 'nested too deeply to be read, or a YAML alias leads back to what it stands in'

/** The contract that a valid OpenAPI document describes. */
export function contractOf(document: OpenApiObject, source: Pick<Contract, 'file' | 'sha256'>): Contract {
  const openapi = { ...document, paths: document.paths ?? {} }
  const { title, version } = openapi.info
  const operations = operationsOf(dereferenced(openapi))
  return { ...source, title, version, operations, serverPaths: serverPathsOf(openapi), openapi }
}

function operationsOf({ paths, security: common = [], components }: OpenApiObject): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => {
        const operation = item[method]!
        const { operationId = '', summary = '', security = common, requestBody, responses = {} } = operation
        return {
          operationId,
          method,
          path,
          summary,
          provenance: operation['x-provenance'] ?? 'user',
          // An empty requirement among others makes credentials optional (OpenAPI 3.0.3, "Operation Object").
          query: queryOf([...(item.parameters ?? []), ...(operation.parameters ?? [])]),
          keys: keysOf(security, components?.securitySchemes),
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

function responsesOf(responses: NonNullable<OperationObject['responses']>): OperationResponse[] {
  return Object.entries(responses).map(([status, { description, headers = {}, content = {} }]) => {
    const entries = Object.entries(content)
    return {
      key: status,
      status: Number(status),
      description,
      headers: headersOf(headers),
      mediaTypes: Object.keys(content),
      schemas: Object.fromEntries(entries.flatMap(([type, { schema }]) => (schema ? [[type, schema]] : []))),
      examples: entries.flatMap(([, { examples = {} }]) => Object.keys(examples)),
    }
  })
}

function headersOf(headers: Record<string, HeaderObject>): ResponseHeader[] {
  return Object.entries(headers).map(([name, { required = false, schema, ...header }]) => {
    const named = Object.values(header.examples ?? {}).map(({ value }) => value)
    const { example, examples = [], default: usual, const: only, enum: allowed = [] } = schema ?? {}
    const values = [header.example, ...named, example, ...examples, usual, only, ...allowed]
    return { name, required, example: values.find((value) => value !== undefined) }
  })
}
