import { test } from 'vitest'

/** Whether the tests take everything, as `.ci/run` does, or of what is slow by nature a sample, as `npm test` does. */
export const isFullSize = process.env.TEST_SIZE === 'full'

/** A test that only `.ci/run` takes: it starts several processes, or runs the whole suite, and another one is the sample. */
export const atFullSize = test.runIf(isFullSize)

/** Every `step`-th of a list, the first included. */
export const every = <T>(step: number, all: readonly T[]): T[] => all.filter((_, index) => index % step === 0)
