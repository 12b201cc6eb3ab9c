import { once } from 'node:events'
import type { Response } from 'express'
import { fraction, milliseconds, type Scenario } from './scenario.ts'

export const latency: Scenario<{ ms: number; upTo?: number }> = {
  title: 'The answer takes its time: always the same, or at random within bounds.',
  parameters: {
    ms: { ...milliseconds, default: 2000, description: 'how long, at least' },
    upTo: { ...milliseconds, description: 'how long at most; `seed` makes the sequence repeatable' },
  },
  play: async ({ parameters: { ms, upTo = ms }, respond, random, sleep }) => {
    await sleep(ms + random.below(Math.max(0, upTo - ms) + 1))
    return respond()
  },
}

export const slowFirstByte: Scenario<{ ms: number }> = {
  title: 'Status and header fields come at once, the first byte of the body after a while.',
  parameters: { ms: { ...milliseconds, default: 5000, description: 'how long the body lets wait' } },
  changesBody: true,
  play: async ({ parameters, respond, sleep }) => ({
    ...(await respond()),
    write: async (response, body) => {
      response.flushHeaders()
      await sleep(parameters.ms)
      response.end(body)
    },
  }),
}

export const dribbledBody: Scenario<{ ms: number; chunks: number }> = {
  title: 'The body comes in small pieces over a long time.',
  parameters: {
    ms: { ...milliseconds, default: 5000, description: 'how long the whole body takes' },
    chunks: { type: 'integer', minimum: 1, maximum: 1000, default: 20, description: 'in how many pieces' },
  },
  changesBody: true,
  play: async ({ parameters: { ms, chunks }, respond, sleep }) => ({
    ...(await respond()),
    write: async (response, body) => {
      const size = Math.max(1, Math.ceil(body.length / chunks))
      for (let start = 0; start < body.length; start += size) {
        response.write(body.subarray(start, start + size))
        await sleep(ms / chunks)
      }
      response.end()
    },
  }),
}

export const stalledBody: Scenario<{ fraction: number }> = {
  title: 'The body stops in the middle and the connection stays open, until the client gives up.',
  parameters: { fraction: { ...fraction, default: 0.5, description: 'how much of the body comes' } },
  changesBody: true,
  play: async ({ parameters, respond, sleep }) => ({
    ...(await respond()),
    write: async (response, body) => {
      await writePart(response, body, parameters.fraction)
      await sleep(longestStall)
      response.destroy()
    },
  }),
}

const longestStall = 60 * 60_000

export const connectionReset: Scenario<{ fraction?: number }> = {
  title: 'The connection is reset: before any answer, or in the middle of the body.',
  parameters: {
    fraction: { ...fraction, description: 'how much of the body comes first; without it, no answer at all' },
  },
  changesBody: true,
  play: async ({ parameters, respond }) => ({
    ...(await respond()),
    write: async (response, body) => {
      if (parameters.fraction !== undefined) await writePart(response, body, parameters.fraction)
      const { socket } = response
      if (!socket || socket.destroyed) return
      socket.resetAndDestroy()
      await once(response, 'close')
    },
  }),
}

/** Resolves when that fraction of the body is out of our hands. */
function writePart(response: Response, body: Buffer, part: number): Promise<void> {
  response.flushHeaders()
  return new Promise((resolve) => {
    response.write(body.subarray(0, Math.floor(body.length * part)), () => resolve())
  })
}
