import type { CorrectServer } from '../declaration.ts'
import { answers } from './answers.ts'
import { contents } from './contents.ts'
import { defaults } from './defaults.ts'
import { documents } from './documents.ts'
import { conditionalRequests } from './http/conditional-requests.ts'
import { headers } from './http/headers.ts'
import { wire } from './wire.ts'

/** Unusual deployments that conform. */
export const correctServers: CorrectServer[] = [
  ...answers,
  ...defaults,
  ...conditionalRequests,
  ...headers,
  ...wire,
  ...documents,
  ...contents,
]
