import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { Organization } from '../fixtures/organization.ts'
import { readOrganizationsFile } from '../fixtures/payload.ts'
import { readBoundedText } from '../spec/bounded-file.ts'
import { explainSyntaxError } from '../spec/yaml.ts'

/** Where a secret comes from. `file` is relative to the profile. */
export type SecretSource =
  | { env: string }
  | { value: string }
  | { file: string }
  | { command: string }
  | {
      clientCredentials: {
        tokenUrl: string
        clientId: string
        clientSecret: SecretSource
        audience?: string
        scope?: string
      }
    }

/** Tokens that are wrong only in what the name says. */
export const wrongTokens = ['expired', 'notYetValid', 'wrongAudience', 'wrongIssuer'] as const
export type WrongToken = (typeof wrongTokens)[number]

export type ActorName = 'member' | 'outsider' | 'unprivileged' | WrongToken

export interface ActorProfile {
  token: SecretSource
  workspace?: string
}

/** The profile as written, defaults filled in, the files that it names read. */
export interface Profile {
  /** The file it was read from; secrets' `file` paths are relative to its folder. */
  file: string
  target?: string
  actors: { member: ActorProfile } & Partial<Record<ActorName, ActorProfile>>
  minting?: { alg: string; key: SecretSource }
  jwks?: string
  workspace: {
    id: string
    name?: string
    organizations?: { api: true } | { list: Organization[] }
    usage: 'direct' | 'subtree' | 'either'
  }
  foreignOrganizations?: Organization[]
  emptyWorkspace?: { id: string }
  unknownWorkspaceId?: string
  /** What is judged: the export alone, or also the operations beside it that read. */
  operations: 'export' | 'all'
  expect: { outsider: 403 | 404 | 'either' }
  limits: { timeoutMs: number; maxBytes: number; rate: number }
}

/** What a check may need beyond a member and a workspace. */
export type ProfileFeature =
  | ActorName
  | 'outsiderWorkspace'
  | 'minting'
  | 'jwks'
  | 'organizations'
  | 'foreignOrganizations'
  | 'emptyWorkspace'
  /** The member's token is a JWT, so that variants of it can be made. */
  | 'jwt'
  /** The base URL is https. */
  | 'https'
  /** The deployment runs on this machine, so that it can reach a listener of ours. */
  | 'loopback'
  /** The operations beside the export are judged as well. */
  | 'allOperations'

/** A profile that the schema accepts: unlike {@link Profile}, with file names and without defaults. */
type WrittenProfile = Omit<
  Profile,
  'workspace' | 'foreignOrganizations' | 'expect' | 'limits' | 'operations'
> & {
  operations?: Profile['operations']
  expect?: Partial<Profile['expect']>
  limits?: Partial<Profile['limits']>
  workspace: Omit<Profile['workspace'], 'organizations' | 'usage'> & {
    organizations?: { api: true } | { file: string }
    usage?: Profile['workspace']['usage']
  }
  foreignOrganizations?: { file: string }
}

/** The profile cannot be used. The message names file, place and reason. */
export class ProfileError extends Error {
  override name = 'ProfileError'
}

interface ProfileSchema {
  properties: { limits: { properties: Record<keyof Profile['limits'], { default: number }> } }
  definitions: { secret: { properties: Record<string, object> } }
}

const schema: ProfileSchema = JSON.parse(
  readFileSync(new URL('./profile.schema.json', import.meta.url), 'utf8'),
)
const { timeoutMs, maxBytes, rate } = schema.properties.limits.properties

/** What holds where neither the profile nor an option says otherwise: the defaults of the schema. */
export const defaultLimits: Profile['limits'] = {
  timeoutMs: timeoutMs.default,
  maxBytes: maxBytes.default,
  rate: rate.default,
}

const secretSources = Object.keys(schema.definitions.secret.properties).join(', ')
/** Compiled when a profile is first read: who only takes one, as the thread of a run does, needs no validator. */
function compile(): ValidateFunction {
  // `json-schemas.test.ts` validates the schema itself: it is the same at each start.
  const ajv = new Ajv({
    useDefaults: true,
    allErrors: true,
    strict: true,
    strictTypes: false,
    validateSchema: false,
  })
  addFormats.default(ajv)
  return ajv.compile(schema)
}

let validator: ValidateFunction | undefined

/** Reads a profile (YAML or JSON) and the files it names. Throws {@link ProfileError}. */
export function loadProfile(file: string): Profile {
  return readProfile(readText(file, 'the profile'), file)
}

/** Throws {@link ProfileError} where aliases would grow beyond what memory holds. */
function toData(document: Document, file: string): Record<string, never> {
  try {
    return document.toJS({ maxAliasCount: 100 }) as Record<string, never>
  } catch (error) {
    throw new ProfileError(`${file}: ${(error as Error).message}; write the values out instead`)
  }
}

/** Reads a profile from its text; `file` names it in errors and is what relative paths start from. */
export function readProfile(text: string, file: string): Profile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [syntaxError] = document.errors
  if (syntaxError) {
    const { line, col } = lines.linePos(syntaxError.pos[0])
    throw new ProfileError(`${file}:${line}:${col}: ${explainSyntaxError(syntaxError.message)}`)
  }
  const written = toData(document, file)
  validator ??= compile()
  if (!validator(written)) throw new ProfileError(explain(validator.errors ?? [], file))
  const { workspace, foreignOrganizations, ...rest } = written as unknown as WrittenProfile
  const { organizations, ...workspaceRest } = workspace
  const listIn = (place: string, path: string) =>
    readOrganizationFile(resolve(dirname(file), path), `${file}: ${place}`)
  return {
    operations: 'export',
    ...rest,
    file,
    expect: { outsider: 'either', ...rest.expect },
    limits: { ...defaultLimits, ...rest.limits },
    workspace: {
      usage: 'either',
      ...workspaceRest,
      ...(organizations && {
        organizations:
          'api' in organizations
            ? organizations
            : { list: listIn('workspace.organizations.file', organizations.file) },
      }),
    },
    ...(foreignOrganizations && {
      foreignOrganizations: listIn('foreignOrganizations.file', foreignOrganizations.file),
    }),
  }
}

/** One line an error, each naming the place as people write it: `actors.member.token`. */
function explain(errors: ErrorObject[], file: string): string {
  const lines = errors
    .filter(({ keyword }) => keyword !== 'oneOf')
    .map(({ instancePath, keyword, params, message }) => {
      const steps = instancePath.split('/').slice(1)
      if (keyword === 'required') return `${[...steps, params.missingProperty].join('.')} is missing`
      if (keyword === 'additionalProperties')
        return `${[...steps, params.additionalProperty].join('.')} is not a field of the profile`
      const place = steps.join('.') || 'the profile'
      if (keyword === 'enum')
        return `${place} must be one of ${(params.allowedValues as unknown[]).join(', ')}`
      if (keyword === 'minProperties' || keyword === 'maxProperties')
        return `${place} must name exactly one of ${secretSources}`
      return `${place} ${message}`
    })
  return [...new Set(lines)].map((line) => `${file}: ${line}`).join('\n')
}

/** A profile has a few kilobytes. */
const longestFile = 2 ** 20

function readText(file: string, what: string): string {
  try {
    return readBoundedText(file, longestFile)
  } catch (error) {
    throw new ProfileError(`${file}: ${what} cannot be read: ${(error as Error).message}`)
  }
}

/** The organizations of a List-organizations payload in a file. */
function readOrganizationFile(file: string, place: string): Organization[] {
  try {
    return readOrganizationsFile(file)
  } catch (error) {
    throw new ProfileError(`${place}: ${(error as Error).message}`)
  }
}

/** The profile with some of its limits replaced. */
export const withLimits = (profile: Profile, limits: Partial<Profile['limits']>): Profile => ({
  ...profile,
  limits: { ...profile.limits, ...limits },
})
