import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HostileServer } from './declaration.ts'
import { type Running, startDeployment } from './deployment.ts'

/** A request that reached the other origin that a hostile deployment points to. */
export interface MisdirectedRequest {
  url: string
  authorization: string | undefined
}

export interface RunningHostile extends Running {
  /** Empty if the client sends nothing to another origin. */
  misdirected: MisdirectedRequest[]
}

/** Starts a hostile deployment and, on another port, the origin that it may point to. */
export async function startHostile({ id, title, declare }: HostileServer): Promise<RunningHostile> {
  const misdirected: MisdirectedRequest[] = []
  const elsewhere = createServer(({ url = '', headers }, response) => {
    misdirected.push({ url, authorization: headers.authorization })
    response.end('{"data":[],"has_more":false}')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  const { port } = elsewhere.address() as AddressInfo
  const running = await startDeployment({ id, title, ...declare(`http://127.0.0.1:${port}`) })
  const close = async () => {
    elsewhere.closeAllConnections()
    elsewhere.close()
    await running.close()
  }
  return { ...running, misdirected, close }
}
