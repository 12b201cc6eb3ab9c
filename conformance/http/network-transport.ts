import { askByClient, connectionKeeper } from './client.ts'
import { exchange } from './raw-socket.ts'
import type { Carrier, Transport } from './transport.ts'

/** The way to a real deployment: supertest for ordinary questions, a raw socket where the wire is in question. */
export function network(options: Omit<Transport, 'keeper'>): Carrier {
  const transport = { ...options, keeper: connectionKeeper(options.base) }
  return {
    ask: (outgoing) => askByClient(outgoing, transport),
    exchange: (outgoing, isComplete) => exchange(outgoing, transport, isComplete),
  }
}
