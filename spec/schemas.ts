import { default as Draft04 } from 'ajv-draft-04'
import formats from 'ajv-formats'
import { followed, isObject, nameMaps, valueAt } from './pointer.ts'

/** The message that a value is part of. */
export type Message = 'request' | 'response'

/** The schemas of an OpenAPI 3.0 document, found by JSON pointer; references may be circular. */
export interface Schemas {
  has(pointer: string): boolean
  /** What keeps a JSON value from fitting the schema at a pointer, or undefined. */
  findMisfit(pointer: string, value: unknown, message?: Message): string | undefined
}

/** Compiles the schemas of a valid document without external references, each when first used. */
export function schemasOf(openapi: object): Schemas {
  const compilers = new Map<Message | undefined, Draft04.default>()
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
      return validate.errors
        ?.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
        .join('; ')
    },
  }
}

function compilerOf(openapi: object, message: Message | undefined): Draft04.default {
  const ajv = new Draft04.default({ strict: false, allErrors: true, validateSchema: false, logger: false })
  formats.default(ajv as never)
  ajv.addSchema(asRead(openapi, message) as object, 'contract')
  return ajv
}

const encodePointer = (pointer: string) => pointer.split('/').map(encodeURIComponent).join('/')

/**
 * A copy for one kind of message. Examples and extensions are left out: Ajv would take an `id` in one for a schema's
 * name. `required` lists only properties that belong to the message.
 */
function asRead(openapi: object, message: Message | undefined) {
  const copied = (value: unknown, isMap = false): unknown => {
    if (Array.isArray(value)) return value.map((item) => copied(item))
    if (!isObject(value)) return value
    const kept = Object.entries(value)
      .filter(([key]) => isMap || !(key === 'example' || key === 'examples' || key.startsWith('x-')))
      .map(([key, child]) => [key, copied(child, !isMap && nameMaps.has(key))] as const)
    const { required, properties } = value
    if (isMap || !Array.isArray(required) || !isObject(properties)) return Object.fromEntries(kept)
    const demanded = required.filter((name) => !isForeign(properties[name]))
    return { ...Object.fromEntries(kept), required: demanded.length > 0 ? demanded : undefined }
  }
  const isForeign = (property: unknown) => {
    const { value } = followed(openapi, property, '')
    return isObject(value) && foreign[message ?? 'none'].some((mark) => value[mark] === true)
  }
  return copied(openapi)
}

/** Properties that are not part of a message, even if required (OAS 3.0.3 §4.7.24.1); without a message, both kinds. */
const foreign = { request: ['readOnly'], response: ['writeOnly'], none: ['readOnly', 'writeOnly'] }
