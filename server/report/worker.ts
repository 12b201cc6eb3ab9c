import { flushCompileCache } from 'node:module'
import { move } from 'piscina'
import type { UsageData } from '../../fixtures/workspace.ts'
import { renderReport } from './render.ts'

/** Runs in a thread of the renderer. `data`: usage data as JSON. */
export default async function render(data: string): Promise<Uint8Array> {
  const pdf = await renderReport(JSON.parse(data) as UsageData)
  // Threads are terminated, which would discard what they compiled.
  flushCompileCache()
  // A Buffer may be a slice of a shared pool, which must not be transferred with it.
  return move(new Uint8Array(pdf)) as Uint8Array
}
