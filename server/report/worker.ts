import { flushCompileCache } from 'node:module'
import { move } from 'piscina'
import type { UsageData } from '../../fixtures/workspace.ts'
import { renderReport } from './render.ts'

/** Runs in a thread of the renderer's. `data`: usage data as JSON. */
export default async function render(data: string): Promise<Uint8Array> {
  const pdf = await renderReport(JSON.parse(data) as UsageData)
  // Threads are ended, not left: what they compiled would be lost.
  flushCompileCache()
  // A buffer may be a slice of a shared pool, which must not be moved away with it.
  return move(new Uint8Array(pdf)) as Uint8Array
}
