import { once } from 'node:events'
import type { Response } from 'express'
import { writeBody } from '../../http/write-body.ts'
import { fraction, milliseconds, type Scenario } from './scenario.ts'

export const latency: Scenario<{ ms: number; upTo?: number }> = {
  title: 'The response is delayed: by a fixed time, or by a random one from ms to upTo.',
  parameters: {
    ms: { ...milliseconds, default: 2000, description: 'milliseconds before the response, at least' },
    upTo: { ...milliseconds, description: 'milliseconds at most; seed makes the sequence repeatable' },
  },
  play: async ({ parameters: { ms, upTo = ms }, respond, random, sleep }) => {
    await sleep(ms + random.below(Math.max(0, upTo - ms) + 1))
    return respond()
  },
}

export const slowFirstByte: Scenario<{ ms: number }> = {
  title: 'Status and headers are sent at once, the body after a delay.',
  parameters: {
    ms: { ...milliseconds, default: 5000, description: 'milliseconds between headers and body' },
  },
  changesBody: true,
  play: async ({ parameters, respond, sleep }) => ({
    ...(await respond()),
    write: async (response, body) => {
      response.flushHeaders()
      await sleep(parameters.ms)
      await writeBody(response, body)
    },
  }),
}

export const dribbledBody: Scenario<{ ms: number; chunks: number }> = {
  title: 'The body is sent in small chunks over a long time.',
  parameters: {
    ms: { ...milliseconds, default: 5000, description: 'milliseconds for the whole body' },
    chunks: { type: 'integer', minimum: 1, maximum: 1000, default: 20, description: 'number of chunks' },
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
  title: 'The body stops in the middle and the connection stays open until the client gives up.',
  parameters: { fraction: { ...fraction, default: 0.5, description: 'fraction of the body that is sent' } },
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
  title: 'The connection is reset: before any response, or in the middle of the body.',
  parameters: {
    fraction: {
      ...fraction,
      description: 'fraction of the body that is sent first; without it, no response at all',
    },
  },
  changesBody: true,
  play: async ({ parameters, respond }) => ({
    ...(await respond()),
    breaksConnection: true,
    write: async (response, body) => {
      if (parameters.fraction !== undefined) await writePart(response, body, parameters.fraction)
      const { socket } = response
      if (!socket || socket.destroyed) return
      socket.resetAndDestroy()
      await once(response, 'close')
    },
  }),
}

/** Resolves when that fraction of the body has been handed to the operating system. */
function writePart(response: Response, body: Buffer, part: number): Promise<void> {
  response.flushHeaders()
  return new Promise((resolve) => {
    response.write(body.subarray(0, Math.floor(body.length * part)), () => resolve())
  })
}
