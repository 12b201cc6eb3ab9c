import express, { type Request, type Response } from 'express'
import type { Operation } from '../../../spec/operation.ts'
import { Problem } from '../../http/problem.ts'
import type { Service } from '../../service.ts'
import { templateOf } from '../journal/nearest-path.ts'
import type { PlayedResponse } from '../schedule.ts'
import { proxyTo } from './proxy.ts'
import { record, replay, type Upstream } from './recording.ts'

/** Who responds to what neither contract nor state answers. */
export interface PassThroughOptions {
  /** Base URL of a deployment that is asked. */
  proxy?: string
  /** File into which its responses are written. */
  record?: string
  /** File whose responses are given, before a deployment is asked. */
  replay?: string
}

/** Undefined where nobody is asked. Throws `StartError` where a recording cannot be read. */
export function openUpstream({ proxy, record: to, replay: from }: PassThroughOptions): Upstream | undefined {
  const live = proxy === undefined ? undefined : proxyTo(proxy)
  const kept = live && to ? record(to, live) : live
  if (!from) return kept
  const recorded = replay(from)
  return async (request) => (await recorded(request)) ?? kept?.(request)
}

/** A service that asks the upstream where the contract has no such operation, or the state no such thing. */
export function passThrough(
  service: Service,
  upstream: Upstream,
  operations: () => readonly Operation[],
): Service {
  return async (request, response) => {
    const own = await service(request, response).catch((error: unknown) => {
      if (error instanceof Problem && isUnanswered(error, request, operations())) return error
      throw error
    })
    if (!(own instanceof Problem) && !isMissing(own)) return own
    const passed = await upstream(await toPassedRequest(request, response))
    if (passed) return { ...passed, headers: { ...passed.headers, 'X-Mock-Engine': 'proxy' } }
    if (own instanceof Problem) throw own
    return own
  }
}

/** Not what a scenario, a test or a preference asks for. */
function isMissing({ status, problem, headers, rule }: PlayedResponse): boolean {
  return status === 404 && problem?.code === 'not_found' && !rule && !headers['Preference-Applied']
}

function isUnanswered({ code }: Problem, { path }: Request, operations: readonly Operation[]): boolean {
  if (code === 'not_found' || code === 'method_not_allowed') return true
  // The token may be one of the deployment's own; for what we serve ourselves it would have to be ours.
  return code === 'unauthorized' && templateOf(path, operations) === undefined
}

const readAnything = express.raw({ limit: '10mb', type: () => true })

async function toPassedRequest(request: Request, response: Response) {
  // JSON that was sent to an operation has been read already.
  const sent: unknown = request.body ?? (await readBody(request, response))
  const body = Buffer.isBuffer(sent) || sent === undefined ? sent : Buffer.from(JSON.stringify(sent))
  const headers = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')])
  const hasBody = body && body.length > 0 && request.method !== 'GET' && request.method !== 'HEAD'
  return {
    method: request.method,
    target: request.originalUrl,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: hasBody ? body : undefined,
  }
}

async function readBody(request: Request, response: Response): Promise<Buffer | undefined> {
  if (request.readableEnded) return undefined
  await new Promise<void>((resolve, reject) => {
    readAnything(request, response, (error?: unknown) => (error ? reject(error) : resolve()))
  })
  const bytes: unknown = request.body
  // The journal records JSON bodies only.
  request.body = undefined
  return Buffer.isBuffer(bytes) ? bytes : undefined
}
