import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, fieldValue } from './answer.ts'

/** What a front makes of the answer of the deployment behind it. Resolving with undefined: already written. */
export type Alteration = (
  answer: Answer,
  asked: IncomingMessage,
  response: ServerResponse,
) => Answer | undefined

/** A deployment in front of another: passes questions on, and alters the answers. For tests. */
export async function startFront(
  behind: string,
  alter: Alteration,
  rewrite: (asked: IncomingMessage) => { path?: string; headers?: Record<string, string> } = () => ({}),
): Promise<{ url: string; stop(): void }> {
  const server = createServer(async (asked, response) => {
    const { path, headers } = rewrite(asked)
    const answer = await fetchFrom(behind, asked, path, headers)
    const altered = alter(answer, asked, response)
    if (!altered) return
    response.sendDate = false
    for (const name of new Set(altered.fields.map(([field]) => field)))
      response.setHeader(
        name,
        altered.fields.flatMap(([field, value]) => (field === name ? [value] : [])),
      )
    if (!fieldValue(altered, 'transfer-encoding') && asked.method !== 'HEAD' && altered.status !== 304)
      response.setHeader('Content-Length', altered.body.length)
    response.writeHead(altered.status).end(altered.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => server.close().closeAllConnections(),
  }
}

function fetchFrom(
  behind: string,
  asked: IncomingMessage,
  path = asked.url!,
  more: Record<string, string> = {},
): Promise<Answer> {
  const { host: _, connection: __, ...headers } = asked.headers
  return new Promise((resolve, reject) => {
    request(
      behind,
      { path, method: asked.method!, headers: { ...headers, ...more }, agent: false },
      async (answer) => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk as Buffer)
        const raw = answer.rawHeaders
        const fields = Array.from(
          { length: raw.length / 2 },
          (_, i) => [raw[2 * i]!, raw[2 * i + 1]!] as [string, string],
        )
        const hop = /^(connection|keep-alive|content-length|transfer-encoding)$/i
        resolve({
          status: answer.statusCode!,
          fields: fields.filter(([name]) => !hop.test(name)),
          body: Buffer.concat(chunks),
          informational: [],
          timing: { head: 0, total: 0 },
        })
      },
    )
      .on('error', reject)
      .end()
  })
}
