import { responses as rightAnswers } from './correct/answers.ts'
import { circumstances as rightCircumstances } from './correct/conditional.ts'
import { contents as rightContents } from './correct/contents.ts'
import { documents as rightDocuments } from './correct/documents.ts'
import { http as rightHttp } from './correct/http.ts'
import { wire as rightWire } from './correct/wire.ts'
import type { CorrectServer, HostileServer, Mutant } from './declaration.ts'
import { documents as hostileDocuments } from './hostile/documents.ts'
import { streams } from './hostile/streams.ts'
import { traps } from './hostile/traps.ts'
import { responses } from './mutants/answers.ts'
import { circumstances } from './mutants/conditional.ts'
import { corners } from './mutants/conditional-protection.ts'
import { contents } from './mutants/contents.ts'
import { credentials } from './mutants/credentials.ts'
import { documents } from './mutants/documents.ts'
import { http } from './mutants/http.ts'
import { protection } from './mutants/protection.ts'
import { refusals } from './mutants/refusals.ts'
import { tenancy } from './mutants/tenancy.ts'
import { tokens } from './mutants/tokens.ts'
import { forms } from './mutants/unusual-requests.ts'
import { wire } from './mutants/wire.ts'

/** One defect each. */
export const mutants: Mutant[] = [
  ...tokens,
  ...credentials,
  ...refusals,
  ...protection,
  ...tenancy,
  ...responses,
  ...http,
  ...wire,
  ...documents,
  ...contents,
  ...circumstances,
  ...corners,
  ...forms,
]

/** Unusual, and nothing to blame. */
export const correctServers: CorrectServer[] = [
  ...rightAnswers,
  ...rightHttp,
  ...rightWire,
  ...rightDocuments,
  ...rightContents,
  ...rightCircumstances,
]

/** Made to harm whoever asks. */
export const hostileServers: HostileServer[] = [...streams, ...traps, ...hostileDocuments]
