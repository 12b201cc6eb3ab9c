import { setTimeout as pause } from 'node:timers/promises'
import { inflateSync } from 'node:zlib'

/** Tasks that end in every way a task can end, for the sandbox's own test. */
export const echo = (input: unknown) => input
export const environment = () => Object.keys(process.env)

export function fail(reason: string): never {
  throw new RangeError(reason)
}

export function loop(): never {
  for (;;);
}

export function never(): Promise<never> {
  return new Promise(() => {})
}

export async function wait(ms: number): Promise<number> {
  await pause(ms)
  return ms
}

/** Takes as much processor time. */
export function work(ms: number): number {
  const start = process.cpuUsage()
  for (;;) {
    const { user, system } = process.cpuUsage(start)
    if (user + system > 1000 * ms) return ms
  }
}

/** Takes exponential time within one native call, which no timer of the same thread can end. */
export function backtrack(): boolean {
  return /^(a+)+$/.test(`${'a'.repeat(60)}b`)
}

export function fillHeap(): number {
  const kept: unknown[] = []
  for (;;) kept.push({ kept: kept.length })
}

/** Memory that no V8 heap limit counts. */
export function fillBuffers(): number {
  const kept: Buffer[] = []
  for (;;) kept.push(Buffer.alloc(2 ** 20, 1))
}

export function inflateAll(parts: Uint8Array): number {
  let data: Uint8Array = parts
  for (;;) data = inflateSync(data)
}

export function growMap(): number {
  const kept = new Map<number, number>()
  for (;;) kept.set(kept.size, kept.size)
}

export function endProcess(): never {
  process.exit(7)
}

export function abort(): never {
  process.kill(process.pid, 'SIGSEGV')
  for (;;);
}

export function unclonable(): () => void {
  return () => {}
}

export function rejectLater(): Promise<never> {
  setTimeout(() => {
    throw new Error('this is not caught')
  })
  return new Promise(() => {})
}
