import request from 'supertest'
import { seededRandom } from '../fixtures/random.ts'
import { type App, type AppOptions, createApp } from './app.ts'
import { generateSigningKey } from './authentication/signing-key.ts'
import { createLog } from './log.ts'

/** When everything happens, unless a test says otherwise. */
export const now = '2026-05-04T03:02:01.000Z'

/** A server of a test's own, called as a persona: `call('owner', 'GET /workspaces')`. */
export interface Api extends App {
  call(
    persona: string,
    target: string,
    body?: unknown,
    headers?: Record<string, string>,
    // biome-ignore lint/suspicious/noExplicitAny: what a body is, each test says itself.
  ): Promise<{ status: number; type: string; headers: Record<string, string>; body: any }>
  /** The status of a call, and the code where it is a refusal. */
  outcome(persona: string, target: string, body?: unknown): Promise<unknown[]>
}

export async function openApi(options: AppOptions = {}): Promise<Api> {
  const app = await createApp({
    signingKey: await generateSigningKey(),
    log: createLog('silent'),
    clock: () => new Date(now),
    random: seededRandom(1),
    ...options,
  })
  const api: Api = {
    ...app,
    async call(persona, target, body, headers = {}) {
      const [method = '', path = ''] = target.split(' ')
      const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
      const made = request(app.app)
        [verb](path)
        .set({
          Authorization: `Bearer ${await app.tokenFor(persona)}`,
          ...headers,
        })
      const { status, type, headers: received, body: response } = await made.send(body as object)
      return { status, type, headers: received, body: response }
    },
    async outcome(persona, target, body) {
      const { status, body: response } = await api.call(persona, target, body)
      return response.code ? [status, response.code] : [status]
    },
  }
  return api
}
