import { Progress } from '../conformance/results/formats/progress.ts'

/** How far a run is, on standard error: one line that changes on a terminal, a few lines in a pipeline. */
export function startProgress(): Progress {
  const { isTTY, columns = 80 } = process.stderr
  return new Progress({
    ...(isTTY && !process.env.CI && { columns }),
    write: (text) => process.stderr.write(text),
  })
}
