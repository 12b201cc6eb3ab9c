import { setTimeout as sleep } from 'node:timers/promises'

/** The time that waits are measured in; tests replace it. */
export interface Clock {
  /** Milliseconds since 1970, never going back. */
  now(): number
  sleep(ms: number): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: async (ms) => {
    await sleep(ms)
  },
}
