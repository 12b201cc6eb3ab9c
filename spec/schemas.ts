import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { normalForm } from './normal-form.ts'
import { followed, isObject, type Json, valueAt } from './pointer.ts'
import { describeErrors } from './schema-errors.ts'
import { rewritten, wholeDocument } from './structure.ts'

/** The message that a value is part of. */
export type Message = 'request' | 'response'

/** The schemas of an OpenAPI 3.0 or 3.1 document, found by JSON pointer; references may be circular. */
export interface Schemas {
  has(pointer: string): boolean
  /** What keeps a JSON value from fitting the schema at a pointer, or undefined. */
  findMisfit(pointer: string, value: unknown, message?: Message): string | undefined
}

/** Compiles the schemas of a valid document without external references, each when first used. */
export function schemasOf(openapi: object): Schemas {
  const compilers = new Map<Message | undefined, Ajv2020>()
  const compilerFor = (message: Message | undefined) => {
    const compiler = compilers.get(message) ?? compilerOf(openapi, message)
    compilers.set(message, compiler)
    return compiler
  }
  return {
    has: (pointer) => valueAt(openapi, pointer) !== undefined,
    findMisfit(pointer, value, message) {
      const validate = compilerFor(message).getSchema(`contract#${encodePointer(pointer)}`)
      if (!validate) throw new Error(`${pointer}: no schema`)
      if (validate(value)) return undefined
      return describeErrors(validate.errors)
    },
  }
}

function compilerOf(openapi: object, message: Message | undefined): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    logger: false,
    code: { regExp: readPattern },
  })
  formats.default(ajv)
  ajv.addSchema(asRead(openapi, message), 'contract')
  return ajv
}

/** Patterns as their writers mean them: with Unicode where they allow it. What no engine here reads matches anything. */
const readPattern = Object.assign(
  (pattern: string) => {
    for (const flags of ['u', ''])
      try {
        return new RegExp(pattern, flags)
      } catch {}
    return /(?:)/
  },
  { code: 'new RegExp' },
)

const encodePointer = (pointer: string) => pointer.split('/').map(encodeURIComponent).join('/')

/**
 * A copy for one kind of message, in its normal form, with nothing in it that Ajv would take for the name of a schema.
 * `required` lists only properties that belong to the message.
 */
function asRead(openapi: object, message: Message | undefined): object {
  const normal = normalForm(openapi)
  return rewritten(wholeDocument(normal), ({ kind, value }) => {
    if (!isObject(value)) return value
    const kept = Object.fromEntries(
      Object.entries(value).filter(([key]) => !unread.has(key) && !key.startsWith('x-')),
    )
    return kind === 'Schema' ? asJsonSchema(kept, normal, message) : kept
  }) as object
}

/** Examples may contain anything; the names of schemas are resolved already (`bundle/`). */
const unread = new Set([
  ...['example', 'examples', 'value', 'default', 'discriminator'],
  ...['$id', '$schema', '$anchor', '$dynamicAnchor', '$vocabulary', '$comment'],
])

function asJsonSchema({ nullable, ...schema }: Json, root: object, message: Message | undefined): Json {
  const { required, properties } = schema
  const isForeign = (property: unknown) => {
    const { value } = followed(root, property, '')
    return isObject(value) && foreign[message ?? 'none'].some((mark) => value[mark] === true)
  }
  const demanded =
    Array.isArray(required) && isObject(properties)
      ? required.filter((name) => !isForeign(properties[name]))
      : required
  const meant = { ...schema, ...(demanded !== undefined && { required: demanded }) }
  // Beside `allOf`, most writers mean that null is allowed whatever the parts say.
  return nullable === true && !('type' in schema) ? { anyOf: [{ type: 'null' }, meant] } : meant
}

/** Properties that are not part of a message, even if required (OAS 3.0.3 §4.7.24.1); without a message, both kinds. */
const foreign = { request: ['readOnly'], response: ['writeOnly'], none: ['readOnly', 'writeOnly'] }
