import { createAgent, requestWithClient } from './client.ts'
import { requestRaw } from './raw-socket.ts'
import type { Transport, TransportOptions } from './transport.ts'

/** The transport to a real deployment: supertest, and a raw socket where the bytes of the message are judged. */
export function createNetworkTransport(options: Omit<TransportOptions, 'agent'>): Transport {
  const transport = { ...options, agent: createAgent(options.base) }
  return {
    request: (prepared) => requestWithClient(prepared, transport),
    requestRaw: (prepared, isComplete) => requestRaw(prepared, transport, isComplete),
  }
}
