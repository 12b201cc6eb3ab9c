import { test } from 'vitest'

/** Whether the tests take everything, as `.ci/run` does, or of what is slow by nature a sample, as `npm test` does. */
export const isFullSize = process.env.TEST_SIZE === 'full'

/** A test that only `.ci/run` takes: it starts several processes, or runs the whole suite, and another one is the sample. */
export const atFullSize = test.runIf(isFullSize)

/** Every `step`-th of a list, the first included; at full size every `fullStep`-th, by default all. */
export const sample = <T>(step: number, all: readonly T[], fullStep = 1): T[] =>
  all.filter((_, index) => index % (isFullSize ? fullStep : step) === 0)
