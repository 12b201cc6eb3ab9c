import type { Contract } from '../../spec/contract-document.ts'
import type { Operation } from '../../spec/operation.ts'
import { challenge } from '../authentication/challenge.ts'
import type { ApiResponse } from '../http/api-response.ts'
import { isOfTransfer, lowerCase } from '../http/declared-headers.ts'
import { findContractViolation } from '../http/response-guard.ts'
import type { Preferences } from '../mock/preferences.ts'
import { examplePdf } from './example-pdf.ts'

/**
 * Responds to an operation with the example of that name or with that status, or else as the contract first says. Values that
 * no example gives are generated.
 */
export type ExampleEngine = (operation: Operation, preferred?: Preferences) => Promise<ApiResponse>

type Prism = Awaited<ReturnType<typeof import('../../spec/prism.ts')['loadPrismEngine']>>
type Configuration = Parameters<Prism['createInstance']>[0]

const quiet: Configuration = {
  isProxy: false,
  // Our own middleware validates requests and responses against the contract.
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
}

/** Prism's engine on a contract. It takes about a second and 130 MB, so it is not loaded before it is needed. */
export function createExampleEngine({ openapi }: Contract): ExampleEngine {
  return async (operation, { example, code } = {}) => {
    const { prism, operations } = await loadedFor(openapi)
    const { method, path } = operation
    const resources = operations.filter((one) => one.method === method && one.path === path)
    const named = operation.responses.find(({ examples }) => examples.includes(example ?? ''))
    const status = Number(named?.status) || code
    const url = { path: path.replace(/\{[^{}]+\}/g, 'x') }
    const ask = async (how: object) => {
      const mock = { dynamic: false, code: status, ...how }
      const outcome = await prism.request({ method, url }, resources, { ...quiet, mock } as Configuration)()
      if (outcome._tag === 'Left') throw new Error('Prism gives no example', { cause: outcome.left })
      return toAnswer(outcome.right.output)
    }
    if (named) return ask({ exampleKey: example })
    const given = await ask({})
    if (!findContractViolation(operation, given)) return given
    // What is not dynamic keeps to types, but not to patterns and formats.
    const generated = await ask({ dynamic: true, ignoreExamples: true, seed: `${method} ${path}` })
    // A schema of type string says nothing of what a PDF is.
    const isPdf = generated.headers['Content-Type'] === 'application/pdf'
    return isPdf ? { ...generated, body: await examplePdf(`Example of ${method} ${path}`) } : generated
  }
}

const loaded = new WeakMap<object, ReturnType<typeof load>>()

/** Servers of a contract share it, like the validator of requests. */
function loadedFor(openapi: object): ReturnType<typeof load> {
  const made = loaded.get(openapi) ?? load(openapi)
  loaded.set(openapi, made)
  return made
}

async function load(openapi: object) {
  const { loadPrismEngine } = await import('../../spec/prism.ts')
  const { createInstance, getHttpOperationsFromSpec } = await loadPrismEngine()
  const levels = ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal']
  const logger: Record<string, unknown> = Object.fromEntries(levels.map((level) => [level, () => {}]))
  logger.child = () => logger
  return {
    prism: createInstance(quiet, { logger: logger as never }),
    operations: await getHttpOperationsFromSpec(structuredClone(openapi)),
  }
}

interface Output {
  statusCode: number
  headers?: Record<string, unknown>
  body?: unknown
}

function toAnswer({ statusCode, headers = {}, body }: Output): ApiResponse {
  const declared = declaredHeaders(headers)
  const made = {
    ...('cache-control' in lowerCase(declared) ? {} : { 'Cache-Control': 'no-store' }),
    ...declared,
    'X-Mock-Engine': 'prism',
    // RFC 9110 §15.5.2: no 401 goes without, be it an example.
    ...(statusCode === 401 && { 'WWW-Authenticate': challenge }),
  }
  if (body === undefined) return { status: statusCode, headers: made }
  const mediaType = lowerCase(headers)['content-type']
  return {
    status: statusCode,
    headers: { ...made, 'Content-Type': String(mediaType ?? 'application/json') },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  }
}

/** The headers that the contract declares for the response, as text (style `simple`: lists with commas). */
function declaredHeaders(headers: Record<string, unknown>): Record<string, string> {
  const declared = Object.entries(headers).filter(([name]) => !isOfTransfer(name))
  return Object.fromEntries(declared.map(([name, value]) => [name, [value].flat().join(',')]))
}
