import { randomInt } from 'node:crypto'
import { type Random, randomFrom } from '../../fixtures/random.ts'

/** Choices that nobody can foresee. */
export const systemRandom: Random = randomFrom((limit) => randomInt(limit))
