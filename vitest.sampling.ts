/** Whether the tests take everything, as `.ci/run` does, or of what is slow by nature a sample, as `npm test` does. */
export const isFullSize = process.env.TEST_SIZE === 'full'

/** Every `step`-th of a list, the first included. */
export const every = <T>(step: number, all: readonly T[]): T[] => all.filter((_, index) => index % step === 0)
