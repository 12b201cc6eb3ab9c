import { weights } from '../../../conformance/pdf/judge/weights.ts'

export type WeightName = keyof typeof weights
export type WeightValues = Record<WeightName, number>

/** The checked-in weights, in the order of their file. */
export const checkedIn: WeightValues = { ...weights }
export const weightNames = Object.keys(checkedIn) as WeightName[]

/** Makes the judge of this thread use these weights. For threads that measure and nothing else. */
export function useWeights(values: WeightValues): void {
  for (const name of weightNames) define(name, { value: values[name] })
}

/** Which weights some work asks for. */
export function weightsReadBy(work: () => void): Set<WeightName> {
  const values: WeightValues = { ...weights }
  const read = new Set<WeightName>()
  for (const name of weightNames)
    define(name, {
      get: () => {
        read.add(name)
        return values[name]
      },
    })
  work()
  useWeights(values)
  return read
}

function define(name: WeightName, property: { value: number } | { get(): number }): void {
  Object.defineProperty(weights, name, { ...property, configurable: true, enumerable: true })
}
