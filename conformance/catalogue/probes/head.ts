import type { Target } from '../../engine/target.ts'

/** Whether HEAD is served at all: a router without it answers the member as everybody else. */
export async function isHeadServed(target: Target): Promise<boolean> {
  const { status } = await target.request({ method: 'HEAD' })
  return status >= 200 && status < 300
}

/** The statuses that refuse HEAD: these, those of a method that is not supported, and what the member is refused with. */
export async function refusalsOfHead(target: Target, statuses: number[]): Promise<number[]> {
  const { status } = await target.request({ method: 'HEAD' })
  return [...statuses, 405, 501, ...((await isHeadServed(target)) ? [] : [status])]
}
