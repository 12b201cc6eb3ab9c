import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Cases } from './cases.ts'
import { descend, type Sensitivity } from './descend.ts'
import { lossOf } from './loss.ts'
import { checkedIn, type WeightName, type WeightValues, weightNames } from './weight-values.ts'
import { withWeights } from './weights-file.ts'

// Fits the weights of the judge to drawn reports, says how far each can move before a verdict changes, and whether the
// checked-in ones are those. `npm run judge:calibrate [-- --seed N… --threads N --files --write]`
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', multiple: true, default: ['61'] },
    threads: { type: 'string', default: String(availableParallelism()) },
    /** Also checks the files whose verdict is known where nothing moved. */
    files: { type: 'boolean', default: false },
    /** Writes the calibrated weights to their file, if they are better and no set of files gets worse. */
    write: { type: 'boolean', default: false },
  },
})
const started = performance.now()
using cases = new Cases(options.seed.map(Number), Number(options.threads))
const { weights, loss, sensitivities } = await descend(checkedIn, weightNames, cases.evaluate.bind(cases))
console.table(Object.fromEntries(sensitivities.map((each) => [each.name, rowOf(each)])))

const moved = weightNames.filter((name) => weights[name] !== checkedIn[name])
const before = lossOf(await cases.evaluate(checkedIn))
console.log(
  moved.length === 0
    ? `The checked-in weights are the calibrated ones: no move of one weight lowers the loss of ${before}.`
    : `Calibrated weights differ, with a loss of ${loss} where the checked-in ones have ${before}: ${moved.map((name) => `${name} ${weights[name]}, not ${checkedIn[name]}`).join('; ')}.`,
)
const isSafe = moved.length === 0 && !options.files ? true : await isNoSetWorse(weights)
if (moved.length > 0 && options.write && isSafe) {
  const file = new URL('../../../conformance/pdf/judge/weights.ts', import.meta.url)
  writeFileSync(file, withWeights(readFileSync(file, 'utf8'), weights))
  console.log('They are written to conformance/pdf/judge/weights.ts.')
} else if (moved.length > 0) process.exitCode = 1
console.log(`${Math.round((performance.now() - started) / 1000)} s`)

function rowOf({ value, unchanged: [down, up], first }: Sensitivity<WeightName>) {
  const percent = (factor: number) => `${Math.round(100 * Math.abs(factor - 1))} %`
  return {
    value,
    'may fall by': percent(down),
    'may rise by': percent(up),
    'first change at': first ? `× ${first.factor}` : 'none',
    'cases that change': first?.cases ?? 0,
    'loss by it': first?.loss ?? 0,
  }
}

/** Whether no set of files has a greater loss with these weights than with the checked-in ones; prints both. */
async function isNoSetWorse(fitted: WeightValues): Promise<boolean> {
  const now = await cases.checkFiles(checkedIn)
  const then = fitted === checkedIn ? now : await cases.checkFiles(fitted)
  const losses = [...now].map(([set, outcomes]) => ({
    set,
    files: outcomes.length,
    'loss with the checked-in weights': lossOf(outcomes),
    'with the calibrated ones': lossOf(then.get(set)!),
  }))
  console.table(losses)
  const worse = [...now].filter(([set, outcomes]) => lossOf(then.get(set)!) > lossOf(outcomes))
  if (worse.length > 0) console.log(`They make ${worse.map(([set]) => set).join(', ')} worse.`)
  return worse.length === 0
}
