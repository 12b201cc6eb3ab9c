import { type Parameter, serialization } from './parameter.ts'
import { childrenOf, partsOf, typesOf } from './schema/parts.ts'

/**
 * Objects in a query with the style `form` and `explode` are written as one parameter for each property (OAS 3.0.3
 * §4.7.12.6). Where one side has such a property as a parameter of its own, both sides are written that way.
 */
export function alignExploded(base: Parameter[], head: Parameter[]): [Parameter[], Parameter[]] {
  const loose = (list: Parameter[], others: Parameter[]) => {
    const known = new Set(others.map(keyOf))
    return new Set(list.map(keyOf).filter((key) => !known.has(key)))
  }
  const wanted = new Set([...loose(base, head), ...loose(head, base)])
  const objects = new Set(
    [...base, ...head]
      .filter((parameter) => propertiesOf(parameter).some((property) => wanted.has(keyOf(property))))
      .map(keyOf),
  )
  const spread = (list: Parameter[]) =>
    list.flatMap((parameter) => {
      const properties = objects.has(keyOf(parameter)) ? propertiesOf(parameter) : []
      return properties.length > 0 ? properties : [parameter]
    })
  return objects.size > 0 ? [spread(base), spread(head)] : [base, head]
}

const keyOf = ({ in: place, name }: Parameter) => `${place} ${name}`

/** Keywords of an object that say nothing but which properties it has. */
const plain = /^(type|properties|required|title|description|examples|additionalProperties|allOf|x-.*)$/

/** The parameters that an exploded object is written as; none where its schema says more than its properties. */
function propertiesOf(parameter: Parameter): Parameter[] {
  const { in: place, schema } = parameter
  if (place !== 'query' || serialization(parameter) !== 'form, exploded') return []
  const parts = partsOf(schema)
  const isPlain = parts.every((part) => part.fields().every(([keyword]) => plain.test(keyword)))
  if (!isPlain || typesOf(schema)?.join() !== 'object') return []
  const names = new Set(
    parts.flatMap(
      (part) =>
        part
          .get('properties')
          ?.entries()
          .map(([name]) => name) ?? [],
    ),
  )
  const required = new Set(parts.flatMap((part) => part.read<string[]>('required') ?? []))
  return [...names].map((name) => {
    const property = childrenOf(parts, 'properties', name)[0]!
    const isRequired = parameter.isRequired && required.has(name)
    return { name, in: place, element: property, isRequired, schema: property }
  })
}
