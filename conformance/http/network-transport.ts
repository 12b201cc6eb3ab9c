import { createAgent, requestWithClient } from './client.ts'
import { requestRaw } from './raw-socket.ts'
import type { Carrier, TransportOptions } from './transport.ts'

/** The way to a real deployment: supertest for ordinary questions, a raw socket where the wire is in question. */
export function createNetworkTransport(options: Omit<TransportOptions, 'agent'>): Carrier {
  const transport = { ...options, agent: createAgent(options.base) }
  return {
    request: (prepared) => requestWithClient(prepared, transport),
    requestRaw: (prepared, isComplete) => requestRaw(prepared, transport, isComplete),
  }
}
