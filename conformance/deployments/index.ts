import type { Faulty, Hostile, Right } from './declaration.ts'
import { answers } from './faulty/answers.ts'
import { circumstances } from './faulty/circumstances.ts'
import { contents } from './faulty/contents.ts'
import { corners } from './faulty/corners.ts'
import { credentials } from './faulty/credentials.ts'
import { documents } from './faulty/documents.ts'
import { forms } from './faulty/forms.ts'
import { http } from './faulty/http.ts'
import { protection } from './faulty/protection.ts'
import { refusals } from './faulty/refusals.ts'
import { tenancy } from './faulty/tenancy.ts'
import { tokens } from './faulty/tokens.ts'
import { wire } from './faulty/wire.ts'
import { documents as hostileDocuments } from './hostile/documents.ts'
import { streams } from './hostile/streams.ts'
import { traps } from './hostile/traps.ts'
import { answers as rightAnswers } from './right/answers.ts'
import { circumstances as rightCircumstances } from './right/circumstances.ts'
import { contents as rightContents } from './right/contents.ts'
import { documents as rightDocuments } from './right/documents.ts'
import { http as rightHttp } from './right/http.ts'
import { wire as rightWire } from './right/wire.ts'

/** One defect each. */
export const faulty: Faulty[] = [
  ...tokens,
  ...credentials,
  ...refusals,
  ...protection,
  ...tenancy,
  ...answers,
  ...http,
  ...wire,
  ...documents,
  ...contents,
  ...circumstances,
  ...corners,
  ...forms,
]

/** Unusual, and nothing to blame. */
export const right: Right[] = [
  ...rightAnswers,
  ...rightHttp,
  ...rightWire,
  ...rightDocuments,
  ...rightContents,
  ...rightCircumstances,
]

/** Made to harm whoever asks. */
export const hostile: Hostile[] = [...streams, ...traps, ...hostileDocuments]
