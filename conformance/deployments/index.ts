import type { Faulty, Right } from './declaration.ts'
import { answers } from './faulty/answers.ts'
import { credentials } from './faulty/credentials.ts'
import { tenancy } from './faulty/tenancy.ts'
import { tokens } from './faulty/tokens.ts'
import { answers as rightAnswers } from './right/answers.ts'

/** One defect each. */
export const faulty: Faulty[] = [...tokens, ...credentials, ...tenancy, ...answers]

/** Unusual, and nothing to blame. */
export const right: Right[] = [...rightAnswers]
