import { askByClient } from './client.ts'
import type { Carrier, Transport } from './transport.ts'
import { exchange } from './wire.ts'

/** The way to a real deployment: supertest for ordinary questions, a raw socket where the wire is in question. */
export function network(transport: Transport): Carrier {
  return {
    ask: (outgoing) => askByClient(outgoing, transport),
    exchange: (outgoing, isComplete) => exchange(outgoing, transport, isComplete),
  }
}
