import type { Budget } from './budget.ts'
import { counted, type Problem } from './problem.ts'
import type { Survey } from './survey.ts'

/** What the pass over all objects has against the file, one problem for each kind. */
export function surveyProblems(survey: Survey, budget: Budget): Problem[] {
  const { wrongLengths, damagedStreams, unreadable, streams, objects } = survey
  const problems: Problem[] = []
  const [length] = wrongLengths
  if (length) {
    const { declared, actual, object, offset } = length
    const example = `object ${object} says ${declared ?? 'nothing'} and has ${actual ?? 'no end'}`
    const message = `${wrongLengths.length} of ${counted(streams, 'stream')} with a wrong /Length (${example})`
    problems.push({ code: 'stream-length', severity: 'defect', section: '7.3.8', message, offset })
  }
  const [stream] = damagedStreams
  if (stream) {
    const example = `object ${stream.object}: ${stream.damage}`
    const message = `${damagedStreams.length} of ${counted(streams, 'stream')} cannot be decoded (${example})`
    problems.push({ code: 'stream-data', severity: 'defect', section: '7.4', message, offset: stream.offset })
  }
  if (unreadable.length > 0) {
    const message = `${unreadable.length} of ${counted(objects, 'object')} cannot be read (object ${unreadable[0]})`
    problems.push({ code: 'syntax', severity: 'defect', section: '7.3.10', message })
  }
  for (const reason of budget.reached) {
    problems.push({
      code: 'limit',
      severity: 'note',
      section: '7.5.1',
      message: `not read to the end: ${reason}`,
    })
  }
  return problems
}
