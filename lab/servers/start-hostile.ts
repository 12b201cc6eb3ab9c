import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HostileServer } from './declaration.ts'
import { type Running, startDeployment } from './deployment.ts'

/** What reached the origin that a hostile deployment points to. */
export interface MisdirectedRequest {
  url: string
  authorization: string | undefined
}

export interface RunningHostile extends Running {
  /** Empty where the client follows nobody to another origin. */
  strays: MisdirectedRequest[]
}

/** Starts a hostile deployment and, on another port, the origin that it may lead to. */
export async function startHostile({ id, title, declare }: HostileServer): Promise<RunningHostile> {
  const strays: MisdirectedRequest[] = []
  const elsewhere = createServer(({ url = '', headers }, response) => {
    strays.push({ url, authorization: headers.authorization })
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
  return { ...running, strays, close }
}
