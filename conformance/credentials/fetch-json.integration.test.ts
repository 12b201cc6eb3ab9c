import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { fetchJson } from './fetch-json.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test('a JSON body is parsed; any other is undefined', async () => {
  const json = await serve((_, response) => response.end('{"keys":[]}'))
  expect(await fetchJson(json)).toEqual({ address: json, status: 200, json: { keys: [] } })
  const html = await serve((_, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'))
  expect(await fetchJson(html)).toEqual({ address: html, status: 502, json: undefined })
})

test('a compressed body is bounded by what it decompresses to', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, ' '))
  const url = await serve((_, response) => response.setHeader('Content-Encoding', 'gzip').end(bomb))
  await expect(fetchJson(url)).rejects.toThrow('answered with more than 1048576 bytes')
})

test('an endless body is bounded', async () => {
  const url = await serve((_, response) => {
    const write = (): unknown =>
      response.writable &&
      (response.write(Buffer.alloc(65_536)) ? setImmediate(write) : response.once('drain', write))
    write()
  })
  await expect(fetchJson(url)).rejects.toThrow('answered with more than 1048576 bytes')
})

test('a redirect is not followed, wherever it leads', async () => {
  let requests = 0
  const other = await serve((_, response) => {
    requests += 1
    response.end('{}')
  })
  const url = await serve((_, response) => response.writeHead(307, { Location: other }).end())
  await expect(fetchJson(url, { method: 'POST' })).rejects.toThrow(`redirects to ${other}`)
  expect(requests).toBe(0)
})

test('an address where nobody listens is named with the reason', async () => {
  const url = await serve(() => undefined)
  for (const server of servers.splice(0)) server.close()
  await expect(fetchJson(url)).rejects.toThrow(`${url} cannot be reached: connect ECONNREFUSED`)
})

test('user information is refused and not shown', async () => {
  const refused = fetchJson('https://qa:secret@127.0.0.1:9/token')
  await expect(refused).rejects.toThrow(/^https:\/\/127\.0\.0\.1:9\/token is given with a user name/)
})
