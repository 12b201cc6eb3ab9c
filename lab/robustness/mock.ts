import { fillTheDisk, killUnderWrites } from './mock/durability.ts'
import { abandonReports, readNothing, sendInParallel } from './mock/load.ts'
import { type MockProcess, startMock } from './mock/mock-process.ts'

// Attacks `altostrat-contract mock` as programs and machines do: load, clients that give up or do not read, kills, a full
// disk. Arguments: the attacks to run; default all. Exit code 1: something was lost, or more than 1 GiB of memory was taken.

const mostMiB = 1024

interface Outcome {
  isRight: boolean
  figures: object
}

const attacks: Record<string, () => Promise<Outcome>> = {
  async parallel() {
    return withMock(async (mock) => {
      const kept = await sendInParallel(mock, 20_000, 200, true)
      const each = await sendInParallel(mock, 5000, 200, false)
      return {
        isRight: isEmpty(kept) && isEmpty(each),
        figures: { lostOf20000: kept, lostOf5000Connections: each },
      }
    })
  },
  async unread() {
    return withMock(async (mock) => {
      const othersServed = await readNothing(mock, 200)
      return { isRight: othersServed, figures: { othersServed } }
    })
  },
  async abandoned() {
    return withMock(async (mock) => {
      const figures = await abandonReports(mock, 50)
      return {
        isRight: figures.busy > 0 && figures.other.length === 0 && figures.recoveredMs !== undefined,
        figures,
      }
    })
  },
  async kills() {
    const figures = await killUnderWrites(50)
    return { isRight: figures.lost === 0 && figures.leftovers.length === 0, figures }
  },
  async disk() {
    const figures = await fillTheDisk()
    return { isRight: figures.wrong === 0 && figures.refused > 0 && figures.files.length === 0, figures }
  },
}

async function withMock(attack: (mock: MockProcess) => Promise<Outcome>): Promise<Outcome> {
  const mock = await startMock()
  try {
    const { isRight, figures } = await attack(mock)
    const peakMiB = mock.peakMiB()
    return { isRight: isRight && peakMiB < mostMiB, figures: { ...figures, peakMiB } }
  } finally {
    await mock.kill()
  }
}

const isEmpty = (counts: object) => Object.keys(counts).length === 0

const named = process.argv.slice(2)
for (const name of named.length > 0 ? named : Object.keys(attacks)) {
  const attack = attacks[name]
  if (!attack) throw new Error(`there is no attack ${name}: ${Object.keys(attacks).join(', ')}`)
  const { isRight, figures } = await attack()
  process.stdout.write(`${name}: ${isRight ? 'right' : 'WRONG'} ${JSON.stringify(figures)}\n`)
  if (!isRight) process.exitCode = 1
}
